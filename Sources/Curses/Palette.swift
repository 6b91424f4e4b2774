import Screen

/// The colours and attributes that a terminal writes with; colour `-1` is its default.
struct Pen: Hashable {
    var foreground: Int32
    var background: Int32
    var attributes: Attributes

    static let plain = Pen(foreground: -1, background: -1, attributes: [])
    /// Attributes that are visible on a blank.
    private static let marks: Attributes = [.underline, .reverse]
    var marksBlanks: Bool { !attributes.isDisjoint(with: Pen.marks) }

    /// The pen for a blank of this look that changes least of `pen`: the colour of the text does not matter.
    func blank(after pen: Pen) -> Pen {
        if marksBlanks { return self }
        return Pen(
            foreground: pen.foreground, background: background, attributes: pen.attributes.subtracting(Pen.marks))
    }
}

/// Maps styles to pens.
struct Palette {
    var theme: Theme {
        didSet { pens = Palette.none }
    }
    let depth: ColorDepth
    private let colorless: Attributes
    private let available: Attributes
    private let defineColor: ((Int, RGB) -> [UInt8])?
    /// What restores the user's palette; empty if it is not changed.
    let reset: [UInt8]
    /// The pens by packed style, worked out on first use.
    private var pens = Palette.none
    private static let none = [Pen?](repeating: nil, count: 1 << 13)
    /// The exact colours and the palette index of each.
    private var colors: [RGB: Int] = [:]
    /// Sequences that redefine palette colours and have not been sent.
    private var definitions: [UInt8] = []

    /// - Parameter exactColors: Redefines palette entries 16…255 to the theme's exact colours, where that is possible.
    init(theme: Theme, exactColors: Bool, _ capabilities: Capabilities) {
        self.theme = theme
        depth = capabilities.depth
        colorless = capabilities.colorless
        available = capabilities.attributes.reduce(into: []) { $0.formUnion($1.0) }
        defineColor = exactColors && depth == .indexed ? capabilities.defineColor : nil
        reset = defineColor == nil ? [] : capabilities.resetColors
    }

    /// Whether palette entries are redefined.
    var isExact: Bool { defineColor != nil }

    mutating func pen(for style: PackedStyle) -> Pen {
        // Four bits of tone, four of ground and five of attributes.
        let index = Int(style.rawValue & 0x1FFF)
        if let pen = pens[index] { return pen }
        let pen = resolved(style)
        pens[index] = pen
        return pen
    }

    private mutating func resolved(_ style: PackedStyle) -> Pen {
        let look = theme.appearance(of: style.style, depth: isExact ? .direct : depth)
        var pen = Pen(
            foreground: number(look.foreground), background: number(look.background),
            attributes: look.attributes.intersection(available))
        if pen.foreground >= 0 || pen.background >= 0 { pen.attributes.subtract(colorless) }
        return pen
    }

    /// Makes the exact colours be defined again, after the shell has used the terminal.
    mutating func restoreColors() {
        definitions = colors.flatMap { defineColor?($1, $0) ?? [] }
    }

    mutating func takeDefinitions() -> [UInt8] {
        defer { definitions = [] }
        return definitions
    }

    /// The terminal's number of a colour. Indices 0…15 belong to the user and are not redefined.
    private mutating func number(_ packed: Int) -> Int32 {
        guard let defineColor, packed >= 0 else { return Int32(packed) }
        let color = RGB(integerLiteral: UInt32(packed))
        if let index = colors[color] { return Int32(index) }
        let index = 16 + colors.count % 240
        definitions += defineColor(index, color)
        colors[color] = index
        return Int32(index)
    }
}
