import Screen

extension String {
    /// The lines of the text, each made safe by ``VisibleText``.
    var safeLines: [String] {
        split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { VisibleText.visible(String($0)) }
    }

    package var trimmingTrailingBlanks: String { lastIndex { $0 != " " }.map { String(self[...$0]) } ?? "" }
}
