"""What pmbot keeps between runs: where it lies, and files that survive a crash, a full disk and two writers at once."""
