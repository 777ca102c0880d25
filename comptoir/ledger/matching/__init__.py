"""Which payment pays which invoice: pure, explained, and careful. `propose` is the way in."""
