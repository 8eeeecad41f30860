"""Stories as managers type them, each with what a listener should make of it; most are simply a story."""
