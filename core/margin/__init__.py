"""The margin itself: pools, their risk, where they are liquidated, one trade behind two walls."""
