//! Forms: opened with what is known, saved as one op, and what is archived.

mod archive;
mod fields;
mod save;

pub use archive::archive;
pub use fields::open;
pub use save::save;

use crate::actions::failure::Failure;
use crate::ui::screens::form::Form;
use crate::ui::world::World;

/// What is being typed is never replaced by what was written meanwhile.
#[expect(clippy::unnecessary_wraps, reason = "every screen is refreshed alike")]
pub const fn refresh(_screen: &mut Form, _world: &World) -> Result<(), Failure> {
    Ok(())
}
