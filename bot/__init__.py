"""Everything that talks to people or to vendors: channels, playground, console, command line."""
