/// Text in one style.
public struct Span: Hashable, Sendable, ExpressibleByStringLiteral {
    public var text: String
    public var style: Style

    public init(_ text: String, _ style: Style = Style()) {
        self.text = text
        self.style = style
    }

    public init(stringLiteral value: String) {
        self.init(value)
    }
}

/// One line of styled text.
public struct Line: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
    public var spans: [Span]

    public init(_ spans: [Span]) {
        self.spans = spans
    }

    public init(_ text: String, _ style: Style = Style()) {
        spans = [Span(text, style)]
    }

    public init(stringLiteral value: String) {
        self.init(value)
    }

    public init(arrayLiteral elements: Span...) {
        self.init(elements)
    }

    /// The text without its styles.
    public var text: String { spans.reduce(into: "") { $0 += $1.text } }
    public var isEmpty: Bool { spans.allSatisfy(\.text.isEmpty) }

    /// Width in columns.
    public func width(_ measure: TextWidth) -> Int {
        spans.reduce(0) { $0 + measure.width(of: $1.text) }
    }

    /// The line truncated to `columns` columns, ending in `…` in the style of the span that is cut.
    public func truncated(to columns: Int, _ measure: TextWidth) -> Line {
        if width(measure) <= columns { return self }
        var rest = columns - measure.width(of: "…")
        if rest < 0 { return Line([]) }
        var kept: [Span] = []
        for span in spans {
            let width = measure.width(of: span.text)
            if width > rest {
                kept.append(Span(measure.prefix(of: span.text, columns: rest) + "…", span.style))
                return Line(kept)
            }
            kept.append(span)
            rest -= width
        }
        return Line(kept)
    }

    /// The line broken into lines of at most `width` columns by ``LineBreaking``, styles kept.
    public func wrapped(to width: Int, _ measure: TextWidth) -> [Line] {
        if isPlain, self.width(measure) <= width { return [self] }
        var characters: [Character] = []
        var styles: [Style] = []
        for span in spans {
            characters += span.text
            styles += repeatElement(span.style, count: span.text.count)
        }
        return LineBreaking.lines(of: characters, width: width, measure: measure).map { range in
            range.reduce(into: Line([])) { line, index in
                if let last = line.spans.indices.last, line.spans[last].style == styles[index] {
                    line.spans[last].text.append(characters[index])
                } else {
                    line.spans.append(Span(String(characters[index]), styles[index]))
                }
            }
        }
    }

    /// Whether breaking changes nothing but the width: no line breaks, no blanks at the end.
    private var isPlain: Bool {
        spans.allSatisfy {
            $0.text.utf8.allSatisfy { $0 >= 0x20 } && !$0.text.unicodeScalars.contains(where: \.isBreak)
        }
            && spans.last { !$0.text.isEmpty }?.text.utf8.last != 0x20
    }

    public static func + (left: Line, right: Line) -> Line { Line(left.spans + right.spans) }
}

extension Unicode.Scalar {
    /// The line breaks outside ASCII: next line, line separator, paragraph separator.
    fileprivate var isBreak: Bool { value == 0x85 || value == 0x2028 || value == 0x2029 }
}
