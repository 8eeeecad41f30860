"""How fast it is, as ratios within one run: the machines are noisy, so no absolute figure is a bar."""
