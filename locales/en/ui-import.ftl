# First run and import on screen.
