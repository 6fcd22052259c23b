"""One story, told on every platform: what people say and press, and which facts they must see."""
