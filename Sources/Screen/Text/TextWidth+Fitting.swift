/// Horizontal alignment of text within its column.
public enum Alignment: Hashable, Sendable {
    case left, right, centre
}

extension TextWidth {
    /// `text` cut to at most `columns` columns, with `ellipsis` at its end if anything was cut.
    ///
    /// Wide characters are not split, so the result may be one column shorter. If the ellipsis itself does not fit, the
    /// text is cut without one.
    public func truncate(_ text: String, to columns: Int, ellipsis: String = "…") -> String {
        if width(of: text) <= columns { return text }
        let mark = width(of: ellipsis)
        if columns < mark { return prefix(of: text, columns: columns) }
        return prefix(of: text, columns: columns - mark) + ellipsis
    }

    /// `text` padded with blanks to exactly `columns` columns; longer text is truncated first.
    public func pad(_ text: String, to columns: Int, align: Alignment = .left) -> String {
        let fitted = truncate(text, to: max(0, columns))
        let rest = max(0, columns - width(of: fitted))
        let before =
            switch align {
            case .left: 0
            case .right: rest
            case .centre: rest / 2
            }
        return String(repeating: " ", count: before) + fitted + String(repeating: " ", count: rest - before)
    }

    /// The longest prefix of whole characters that fits in `columns` columns.
    public func prefix(of text: String, columns: Int) -> String {
        var (used, end) = (0, text.utf8.count)
        forEachShown(in: text) { shown in
            used += shown.width
            if used > columns { end = shown.offset }
            return used <= columns
        }
        return String(text.utf8.prefix(end)) ?? text
    }
}
