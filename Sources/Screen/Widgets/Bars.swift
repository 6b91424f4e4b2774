/// A piece of a bar, and how soon it may go when room is short.
public struct BarItem: Hashable, Sendable {
    public var line: Line
    /// The item of the lowest priority is left out first; among equals, the rightmost.
    public var priority: Int

    public init(_ line: Line, priority: Int = 0) {
        self.line = line
        self.priority = priority
    }

    /// The places of the items to keep so that they fit in `width` with `gap` blanks between them.
    static func fitting(_ items: [(width: Int, priority: Int)], width: Int, gap: Int) -> [Int] {
        var kept = Array(items.indices)
        while kept.count > 1, kept.reduce(gap * (kept.count - 1), { $0 + items[$1].width }) > width {
            guard let least = kept.reversed().min(by: { items[$0].priority < items[$1].priority }) else { break }
            kept.removeAll { $0 == least }
        }
        return kept
    }
}

/// One row across the screen: who and where at the left, counts and the time at the right.
///
/// When room is short, the least important items of both sides are left out, and the last one left is cut.
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

/// A key and what it does.
public struct KeyHint: Hashable, Sendable {
    public var key: String
    public var label: String
    /// The hint of the lowest priority is left out first; among equals, the rightmost.
    public var priority: Int

    public init(_ key: String, _ label: String, priority: Int = 0) {
        self.key = key
        self.label = label
        self.priority = priority
    }
}

/// The keys that matter now, in one row: ` F1 帮助  F2 通话`.
public struct KeyHints: Widget, Sendable {
    public var hints: [KeyHint]

    public init(_ hints: [KeyHint]) {
        self.hints = hints
    }

    private func line(_ hint: KeyHint) -> Line {
        Line([
            Span(hint.key, .key), " ", Span(hint.label, .text),
        ])
    }

    /// Where each hint that is shown lies in `rect`, with its index.
    public func places(in rect: Rect, _ measure: TextWidth) -> [(index: Int, rect: Rect)] {
        let room = rect.row(0).inset(horizontal: 1)
        let widths = hints.map { line($0).width(measure) }
        let sizes = zip(widths, hints).map { (width: $0, priority: $1.priority) }
        var x = room.x
        return BarItem.fitting(sizes, width: room.width, gap: 2).map { index in
            defer { x += widths[index] + 2 }
            return (index, Rect(x: x, y: room.y, width: min(widths[index], room.maxX - x), height: room.height))
        }
    }

    public func draw(into grid: inout Grid, rect: Rect) {
        grid.clear(rect.row(0), style: Style(.text, on: .bar))
        for place in places(in: rect, grid.measure) { grid.put(line(hints[place.index]), in: place.rect) }
    }
}
