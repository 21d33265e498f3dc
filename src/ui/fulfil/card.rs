//! Reads what the card shows.

use crate::actions::failure::Failure;
use crate::actions::lot_card::lot_card;
use crate::model::id::Id;
use crate::model::site::Lot;
use crate::ui::screens::AnyScreen;
use crate::ui::screens::card::Card;
use crate::ui::world::World;

/// Opens the card of a lot.
pub fn open(world: &mut World, lot: Id<Lot>) -> Result<AnyScreen, Failure> {
    Ok(AnyScreen::Card(Box::new(Card { card: lot_card(&world.session, lot, None)? })))
}

/// Reads it again after something was written.
pub fn refresh(screen: &mut Card, world: &World) -> Result<(), Failure> {
    screen.card = lot_card(&world.session, screen.card.lot.id, None)?;
    Ok(())
}
