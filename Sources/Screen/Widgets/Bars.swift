/// One item of a status bar.
public struct BarItem: Hashable, Sendable {
    public var line: Line
    /// Items of the lowest priority are dropped first; among equals, the rightmost.
    public var priority: Int

    public init(_ line: Line, priority: Int = 0) {
        self.line = line
        self.priority = priority
    }

    /// Indices of the items that fit in `width` columns with `gap` columns between them; always at least one.
    static func fitting(_ items: [(width: Int, priority: Int)], width: Int, gap: Int) -> [Int] {
        var kept = Array(items.indices)
        while kept.count > 1, kept.reduce(gap * (kept.count - 1), { $0 + items[$1].width }) > width {
            guard let least = kept.reversed().min(by: { items[$0].priority < items[$1].priority }) else { break }
            kept.removeAll { $0 == least }
        }
        return kept
    }
}

/// A row across the screen with items at the left and at the right.
///
/// If they do not fit, the items of lowest priority of both sides are dropped; a single remaining item is truncated.
public struct StatusBar: Widget, Sendable {
    public var left: [BarItem]
    public var right: [BarItem]
    public var separator: Span

    public init(left: [BarItem], right: [BarItem] = [], separator: Span = Span("  ")) {
        self.left = left
        self.right = right
        self.separator = separator
    }

    public func draw(into grid: inout Grid, rect: Rect) {
        let bar = rect.row(0)
        grid.clear(bar, style: Style(.text, on: .bar))
        let room = bar.inset(horizontal: 1)
        let measure = grid.measure
        let gap = measure.width(of: separator.text)
        let items = left + right
        let kept = BarItem.fitting(items.map { ($0.line.width(measure), $0.priority) }, width: room.width, gap: gap)
        let leading = joined(kept.filter { $0 < left.count }.map { items[$0].line })
        let trailing = joined(kept.filter { $0 >= left.count }.map { items[$0].line })
        let used = grid.put(leading, in: room)
        grid.put(trailing, in: room.inset(left: trailing.isEmpty || used == 0 ? 0 : used + gap), align: .right)
    }

    private func joined(_ lines: [Line]) -> Line {
        lines.reduce(into: Line([])) { line, next in
            if !line.spans.isEmpty { line.spans.append(separator) }
            line.spans += next.spans
        }
    }
}

/// A key and the label of its command.
public struct KeyHint: Hashable, Sendable {
    public var key: String
    public var label: String
    /// Hints of the lowest priority are dropped first; among equals, the rightmost.
    public var priority: Int
    /// A hint of a command that cannot be used now is faint, and counts for less by ``unusable``.
    public var isEnabled: Bool
    /// The least columns of the label: a label that changes leaves the hints behind it in their places.
    public var room: Int

    public init(_ key: String, _ label: String, priority: Int = 0, isEnabled: Bool = true, room: Int = 0) {
        self.room = room
        self.key = key
        self.label = label
        self.priority = priority
        self.isEnabled = isEnabled
    }

    /// What the priority of a hint that is not enabled loses.
    static let unusable = 3
}

/// A row of key hints: ` F1 帮助  F2 通话`.
public struct KeyHints: Widget, Sendable {
    public var hints: [KeyHint]

    public init(_ hints: [KeyHint]) {
        self.hints = hints
    }

    private func line(_ hint: KeyHint, _ measure: TextWidth) -> Line {
        let label = hint.room == 0 ? hint.label : measure.pad(hint.label, to: hint.room, align: .left)
        return Line([Span(hint.key, hint.isEnabled ? .key : .faint), " ", Span(label, hint.isEnabled ? .text : .faint)])
    }

    /// Index and rectangle of each hint that fits in `rect`, for drawing and mouse clicks.
    public func places(in rect: Rect, _ measure: TextWidth) -> [(index: Int, rect: Rect)] {
        let room = rect.row(0).inset(horizontal: 1)
        let widths = hints.map { line($0, measure).width(measure) }
        let sizes = zip(widths, hints).map { width, hint in
            (width: width, priority: hint.priority - (hint.isEnabled ? 0 : KeyHint.unusable))
        }
        var x = room.x
        return BarItem.fitting(sizes, width: room.width, gap: 2).map { index in
            defer { x += widths[index] + 2 }
            return (index, Rect(x: x, y: room.y, width: min(widths[index], room.maxX - x), height: room.height))
        }
    }

    public func draw(into grid: inout Grid, rect: Rect) {
        grid.clear(rect.row(0), style: Style(.text, on: .bar))
        for place in places(in: rect, grid.measure) { grid.put(line(hints[place.index], grid.measure), in: place.rect) }
    }
}
