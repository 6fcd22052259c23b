"""The paper account: what a person holds, what may happen to it, and the books it is kept in."""
