//! Puts the words of `locales/` into the command line's help.

use clap::{Command, CommandFactory};

use super::arguments::Arguments;
use crate::texts::Texts;

/// Help and version come after what a verb is about.
const LAST: usize = 999;

/// Builds the command line in one language.
pub fn command(texts: &Texts) -> Command {
    let command = localised(Arguments::command(), "", texts);
    command.after_help(texts.text("help-after"))
}

fn localised(command: Command, path: &str, texts: &Texts) -> Command {
    let about = texts.text(if path.is_empty() { "help-about" } else { path });
    let names: Vec<String> = command.get_subcommands().map(|it| it.get_name().to_owned()).collect();
    let arguments: Vec<String> = command.get_arguments().map(|it| it.get_id().to_string()).collect();
    let mut command = command
        .about(about)
        .long_about(None::<&str>)
        .subcommand_help_heading(texts.text("help-commands"))
        .help_template(template(texts, &names))
        .disable_help_flag(true);
    for (order, id) in arguments.into_iter().enumerate() {
        let key = argument_key(path, &id, texts);
        command = command.mut_arg(&id, |arg| {
            let heading = texts.text(if arg.is_positional() { "help-arguments" } else { "help-options" });
            arg.help(texts.text(&key)).long_help(None::<&str>).help_heading(heading).display_order(order)
        });
    }
    command = command.arg(
        clap::Arg::new("help")
            .short('h')
            .long("help")
            .visible_alias("aide")
            .action(clap::ArgAction::Help)
            .help(texts.text("arg-help"))
            .help_heading(texts.text("help-options"))
            .display_order(LAST),
    );
    if path.is_empty() {
        command = command.disable_version_flag(true).arg(
            clap::Arg::new("version")
                .short('V')
                .long("version")
                .action(clap::ArgAction::Version)
                .help(texts.text("arg-version"))
                .help_heading(texts.text("help-options"))
                .display_order(LAST),
        );
    }
    for name in names {
        let path = if path.is_empty() { format!("cmd-{name}") } else { format!("{path}-{name}") };
        command = command.mut_subcommand(&name, |it| localised(it, &path, texts));
    }
    command
}

/// An argument's own words for one verb win over its usual ones.
fn argument_key(path: &str, id: &str, texts: &Texts) -> String {
    let id = id.replace('_', "-");
    let own = format!("{}-{id}", path.replacen("cmd-", "arg-", 1));
    if texts.has(&own) { own } else { format!("arg-{id}") }
}

fn template(texts: &Texts, names: &[String]) -> String {
    let usage = texts.text("help-usage");
    let rest = if names.is_empty() { "{all-args}" } else { "{all-args}{after-help}" };
    format!("{{about-with-newline}}\n{usage} {{usage}}\n\n{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::Language;

    #[test]
    fn every_verb_and_argument_has_words_in_both_languages() {
        for language in [Language::French, Language::English] {
            let texts = Texts::new(language);
            check(&command(&texts), "help-about", &texts);
        }
    }

    fn check(command: &Command, path: &str, texts: &Texts) {
        assert!(texts.has(path), "{path}");
        for argument in command.get_arguments() {
            let key = argument_key(path, argument.get_id().as_str(), texts);
            assert!(texts.has(&key), "{key}");
        }
        for verb in command.get_subcommands() {
            let path = if path == "help-about" {
                format!("cmd-{}", verb.get_name())
            } else {
                format!("{path}-{}", verb.get_name())
            };
            check(verb, &path, texts);
        }
    }

    #[test]
    fn the_command_line_is_well_formed() {
        command(&Texts::new(Language::French)).debug_assert();
    }
}
