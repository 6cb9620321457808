"""Large data sets of the shape of the sample, for measuring and for trying out growth."""
