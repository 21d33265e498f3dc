//! Tasks of a user, done by keyboard.

use crate::robot::Robot;

#[test]
fn the_dashboard_says_what_to_do_today() {
    let mut robot = Robot::demo();
    println!("{}", robot.screen());
    robot.sees("À faire");
}
