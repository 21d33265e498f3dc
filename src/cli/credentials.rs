//! The file in which the tools of object stores keep their keys, by profile.

use rusty_s3::Credentials;

/// Finds the keys of a profile.
pub fn of_profile(text: &str, profile: &str) -> Option<Credentials> {
    let (mut key, mut secret, mut token) = (None, None, None);
    let mut is_wanted = false;
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
            is_wanted = name.trim() == profile;
        } else if let Some((name, value)) = line.split_once('=').filter(|_| is_wanted) {
            let value = Some(value.trim().to_owned()).filter(|it| !it.is_empty());
            match name.trim() {
                "aws_access_key_id" => key = value,
                "aws_secret_access_key" => secret = value,
                "aws_session_token" => token = value,
                _ => {}
            }
        }
    }
    Some(match token {
        Some(token) => Credentials::new_with_token(key?, secret?, token),
        None => Credentials::new(key?, secret?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# keys\n[default]\naws_access_key_id = AK\naws_secret_access_key=se=cret\n\n\
                        [cellule]\nregion = eu\naws_access_key_id = CK\naws_secret_access_key = cs\naws_session_token = ct\n[bad]\naws_access_key_id = x\n";

    #[test]
    fn keys_are_found_by_profile() {
        let default = of_profile(FILE, "default").unwrap();
        assert_eq!((default.key(), default.secret(), default.token()), ("AK", "se=cret", None));
        let named = of_profile(FILE, "cellule").unwrap();
        assert_eq!((named.key(), named.secret(), named.token()), ("CK", "cs", Some("ct")));
        assert!(of_profile(FILE, "bad").is_none() && of_profile(FILE, "none").is_none());
    }
}
