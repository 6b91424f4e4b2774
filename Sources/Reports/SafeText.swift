import Screen

extension String {
    /// Its lines, with signs in place of all that would steer a terminal or a printer, or deceive the eye.
    var safeLines: [String] {
        split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { VisibleText.visible(String($0)) }
    }

    var trimmingBlanksBehind: String { lastIndex { $0 != " " }.map { String(self[...$0]) } ?? "" }
}
