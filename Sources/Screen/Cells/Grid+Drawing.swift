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
        for span in line.spans where used < maxWidth {
            used += put(
                span.text, at: Point(x: point.x + used, y: point.y), style: span.style, maxWidth: maxWidth - used)
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
        put(String(repeating: glyphs.horizontal, count: rect.width), at: rect.origin, style: style)
    }

    /// Draws the border of a rectangle and keeps its content. Does nothing below two columns or two rows.
    public mutating func box(_ rect: Rect, style: Style = Style(.frame), rounded: Bool = true) {
        guard rect.width >= 2, rect.height >= 2 else { return }
        let glyphs = glyphs
        let corners = rounded ? glyphs.roundCorners : glyphs.corners
        let rule = String(repeating: glyphs.horizontal, count: rect.width - 2)
        put(corners[0] + rule + corners[1], at: rect.origin, style: style)
        put(corners[2] + rule + corners[3], at: Point(x: rect.x, y: rect.maxY - 1), style: style)
        for y in rect.y + 1..<rect.maxY - 1 {
            put(glyphs.vertical, at: Point(x: rect.x, y: y), style: style)
            put(glyphs.vertical, at: Point(x: rect.maxX - 1, y: y), style: style)
        }
    }
}
