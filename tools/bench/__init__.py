"""How fast we are, as ratios within one run: ours beside a floor or a common tool, in turns, medians."""
