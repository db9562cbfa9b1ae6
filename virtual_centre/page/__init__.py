"""The page /virtual, on which a person sees and touches the whole centre."""
