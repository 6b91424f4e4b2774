import Estate

extension Money {
    /// Whole fen, as the second calculations count them.
    var cents: Int { Int(fen) }
}
