"""Where marks come from: each file is one source, and every one is a `core.ports.MarkSource`."""
