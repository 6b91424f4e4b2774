extension Grid {
    /// Draws text in one row, made safe by ``VisibleText``.
    ///
    /// At most `maxWidth` columns are written; a wide character that would cross the limit becomes one blank. There is
    /// no ellipsis: use ``TextWidth/truncate(_:to:ellipsis:)`` or ``Line/truncated(to:_:)`` for one.
    ///
    /// - Returns: The columns written, including those left of the clip. Text right of the clip is neither read nor
    ///   counted.
    @discardableResult
    public mutating func put(_ text: String, at point: Point, style: Style = Style(), maxWidth: Int = .max) -> Int {
        let limit = point.x + min(max(0, maxWidth), Int.max / 2)
        let (measure, end) = (measure, clip.maxX)
        var x = point.x
        withRun(row: point.y, style) { run in
            measure.forEachShown(in: text) { shown in
                if x >= limit || x >= end { return false }
                let fits = x + shown.width <= limit
                let width = fits ? shown.width : 1
                run.write(fits ? shown.glyph : 0x20, width: width, at: x)
                x += width
                return true
            }
        }
        return x - point.x
    }

    /// Calls `draw` with a run of cells to write in a row. If the row is outside the clip, it writes nothing.
    @inline(__always)
    private mutating func withRun(row y: Int, _ style: Style, _ draw: (inout Run) -> Void) {
        let isVisible = y >= clip.y && y < clip.maxY
        let (columns, clip) = (size.width, isVisible ? clip.x..<clip.maxX : 0..<0)
        cells.withUnsafeMutableBufferPointer { cells in
            let row = isVisible ? y * columns..<(y + 1) * columns : 0..<0
            var run = Run(row: UnsafeMutableBufferPointer(rebasing: cells[row]), clip: clip, style: PackedStyle(style))
            draw(&run)
            run.finish()
        }
    }

    /// Draws a styled line in one row and returns the columns written; see ``put(_:at:style:maxWidth:)``.
    @discardableResult
    public mutating func put(_ line: Line, at point: Point, maxWidth: Int = .max) -> Int {
        var used = 0
        func add(_ text: String, _ style: Style) {
            used += put(text, at: Point(x: point.x + used, y: point.y), style: style, maxWidth: maxWidth - used)
        }
        for span in line.spans where used < maxWidth {
            if span.text.utf8.first == 0x20, case let words = span.text.drop(while: { $0 == " " }), !words.isEmpty {
                // Blanks before words have the ground only: a theme may underline the words.
                add(String(span.text[..<words.startIndex]), Style(.text, on: span.style.ground))
                add(String(words), span.style)
            } else {
                add(span.text, span.style)
            }
        }
        return used
    }

    /// Draws a styled line in the top row of `rect`, truncated with `…` to its width; returns the columns written.
    @discardableResult
    public mutating func put(_ line: Line, in rect: Rect, align: Alignment = .left) -> Int {
        guard !rect.isEmpty else { return 0 }
        var (fitted, width) = (line, line.width(measure))
        if width > rect.width {
            fitted = line.truncated(to: rect.width, measure)
            width = fitted.width(measure)
        }
        let rest = rect.width - width
        let x =
            switch align {
            case .left: rect.x
            case .right: rect.x + rest
            case .centre: rect.x + rest / 2
            }
        return put(fitted, at: Point(x: x, y: rect.y), maxWidth: rect.width)
    }

    /// Fills a rectangle with blanks.
    public mutating func clear(_ rect: Rect, style: Style = Style(.text, on: .plain)) {
        let area = rect.intersection(clip)
        guard !area.isEmpty else { return }
        for y in area.y..<area.maxY {
            withRun(row: y, style) { run in
                run.fill(area.x..<area.maxX)
            }
        }
    }

    /// Draws a horizontal rule along the top row of a rectangle.
    public mutating func horizontalRule(_ rect: Rect, style: Style = Style(.frame)) {
        guard !rect.isEmpty else { return }
        fill(rect.row(0), with: glyphs.horizontal, style: style)
    }

    /// Draws the border of a rectangle and keeps its content. Does nothing below two columns or two rows.
    public mutating func box(_ rect: Rect, style: Style = Style(.frame), rounded: Bool = true) {
        guard rect.width >= 2, rect.height >= 2 else { return }
        let glyphs = glyphs
        let corners = rounded ? glyphs.roundCorners : glyphs.corners
        let (top, bottom, sides) = (rect.row(0), rect.row(rect.height - 1), rect.inset(vertical: 1))
        let (left, right) = (rect.x, rect.maxX - 1)
        fill(top.inset(horizontal: 1), with: glyphs.horizontal, style: style)
        fill(bottom.inset(horizontal: 1), with: glyphs.horizontal, style: style)
        for x in [left, right] {
            fill(Rect(x: x, y: sides.y, width: 1, height: sides.height), with: glyphs.vertical, style: style)
        }
        put(corners[0], at: top.origin, style: style)
        put(corners[1], at: Point(x: right, y: top.y), style: style)
        put(corners[2], at: bottom.origin, style: style)
        put(corners[3], at: Point(x: right, y: bottom.y), style: style)
    }

    /// Fills a rectangle with a character of one column.
    private mutating func fill(_ rect: Rect, with character: String, style: Style) {
        let area = rect.intersection(clip)
        guard !area.isEmpty, let glyph = character.unicodeScalars.first?.value else { return }
        for y in area.y..<area.maxY {
            withRun(row: y, style) { run in
                for x in area.x..<area.maxX { run.write(glyph, width: 1, at: x) }
            }
        }
    }
}
