"""People who mean harm: forged buttons, other people's tokens, guessed codes, masks, repeats."""
