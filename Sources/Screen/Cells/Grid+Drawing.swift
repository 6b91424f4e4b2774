extension Grid {
    /// Draws text in one row, made safe by ``VisibleText``.
    ///
    /// At most `maxWidth` columns are written; a wide character that would cross the limit becomes one blank. There is
    /// no ellipsis: use ``TextWidth/truncate(_:to:ellipsis:)`` or ``Line/truncated(to:_:)`` for one.
    ///
    /// - Returns: The columns written, including those outside the clip.
    @discardableResult
    public mutating func put(_ text: String, at point: Point, style: Style = Style(), maxWidth: Int = .max) -> Int {
        let limit = point.x + min(max(0, maxWidth), Int.max / 2)
        var x = point.x
        if measure.plainWidth(of: text) != nil {
            for scalar in text.unicodeScalars where x < limit {
                x = put(
                    String(scalar), width: measure.plainWidth(of: scalar) ?? 1, x: x, y: point.y, style: style,
                    limit: limit)
            }
            return x - point.x
        }
        for character in text {
            if x >= limit { break }
            if let sign = VisibleText.sign(for: character) {
                for part in sign { x = put(part, x: x, y: point.y, style: style, limit: limit) }
            } else {
                x = put(character, x: x, y: point.y, style: style, limit: limit)
            }
        }
        return x - point.x
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
        let fitted = line.truncated(to: rect.width, measure)
        let rest = rect.width - fitted.width(measure)
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
        for y in area.y..<area.maxY {
            for x in area.x..<area.maxX { set(" ", width: 1, x: x, y: y, style: style) }
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

    private mutating func put(_ character: Character, x: Int, y: Int, style: Style, limit: Int) -> Int {
        if x >= limit { return x }
        return put(
            String(character), width: measure.width(of: character), x: x, y: y, style: style, limit: limit)
    }

    private mutating func put(_ text: String, width: Int, x: Int, y: Int, style: Style, limit: Int) -> Int {
        if x + width > limit {
            set(" ", width: 1, x: x, y: y, style: style)
            return x + 1
        }
        set(text, width: width, x: x, y: y, style: style)
        return x + width
    }
}
