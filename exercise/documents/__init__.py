"""The after-action report as files that people read and programs take apart."""
