/// The sign before an item of a list of steps: a state is told by its shape as well as its colour.
public enum Mark: CaseIterable, Hashable, Sendable {
    /// ✓, ✗, ○, ▸ and ·.
    case done, failed, open, current, none

    /// The sign, in the tone that goes with it.
    public func span(_ glyphs: Glyphs) -> Span {
        switch self {
        case .done: Span(glyphs.done, .good)
        case .failed: Span(glyphs.failed, .danger)
        case .open: Span(glyphs.open, .muted)
        case .current: Span(glyphs.current, .accent)
        case .none: Span(glyphs.none, .faint)
        }
    }
}

/// Steps, each with its mark, one a row; longer ones go on below their own beginning.
public struct Checklist: Widget, Sendable {
    public var items: [(mark: Mark, line: Line)]

    public init(_ items: [(mark: Mark, line: Line)]) {
        self.items = items
    }

    public func draw(into grid: inout Grid, rect: Rect) {
        var row = 0
        for item in items where row < rect.height {
            grid.put(Line([item.mark.span(grid.glyphs)]), in: rect.row(row))
            for line in item.line.wrapped(to: max(1, rect.width - 2), grid.measure) where row < rect.height {
                grid.put(line, in: rect.row(row).inset(left: 2))
                row += 1
            }
        }
    }
}
