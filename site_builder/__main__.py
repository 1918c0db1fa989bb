"""Hand over to the command line."""

from site_builder.cli import main

if __name__ == "__main__":
    main(prog_name="broadsheet")
