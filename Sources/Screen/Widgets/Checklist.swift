/// The state of a step, shown by a sign and a tone: ✓ done, ✗ failed, ○ open, ▸ current, · none.
public enum StepMark: CaseIterable, Hashable, Sendable {
    case done, failed, open, current, none
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

/// Steps with their marks, one per row. Long texts are wrapped and indented past the mark.
public struct Checklist: Widget, Sendable {
    public var items: [(mark: StepMark, line: Line)]

    public init(_ items: [(mark: StepMark, line: Line)]) {
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
