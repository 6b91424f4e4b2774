import CNcurses
import Screen

/// What pictures are encoded with: the terminal's sequences from terminfo, without padding.
///
/// Where a sequence has its ECMA-48 form, the encoder writes it itself; others are expanded by terminfo.
struct Capabilities {
    var depth = ColorDepth.none
    /// Whether cursor positions are sent as `CSI row ; column H`. If not, ``moves`` is used, and no relative form.
    var hasANSIMoves = true
    /// `CSI n C`, `CSI n G`, `CSI n A` and `CSI n B`.
    var (hasForward, hasColumn, hasVertical) = (false, false, false)
    /// `CSI n X` and `CSI K`.
    var (hasEraseCharacters, hasEraseLine) = (false, false)
    /// Whether erased cells get the background colour (`bce`).
    var erasesWithBackground = false
    /// Whether a character in the last column of the last row would scroll the screen.
    var scrollsAtEnd = false
    /// Whether `CSI 22 m`, `23`, `24` and `27` switch attributes off again, and `39` and `49` colours.
    var (hasAttributesOff, hasDefaultColors) = (false, false)
    var reset: [UInt8] = []
    var attributes: [(Attributes, [UInt8])] = []
    /// Attributes that cannot be combined with colours (`ncv`).
    var colorless: Attributes = []
    var (clear, showCursor, hideCursor): ([UInt8], [UInt8], [UInt8]) = ([], [], [])
    var moves: (_ row: Int, _ column: Int) -> [UInt8] = { _, _ in [] }
    var foreground: (_ color: Int) -> [UInt8] = { _ in [] }
    var background: (_ color: Int) -> [UInt8] = { _ in [] }
    /// Redefines a palette colour; `nil` if that is not possible.
    var defineColor: ((_ index: Int, RGB) -> [UInt8])?
    /// Restores all palette colours.
    var resetColors: [UInt8] = []

    init() {}

    /// The capabilities of the terminal that is open. `nil` if its cursor cannot be moved or its screen not cleared.
    static func ofTerminal() -> Capabilities? {
        guard let move = string("cup"), let clear = string("clear") else { return nil }
        var result = Capabilities()
        result.clear = clear
        result.hasANSIMoves = move == Array("\u{1B}[%i%p1%d;%p2%dH".utf8)
        result.moves = { expanded("cup", $0, $1) }
        result.hasForward = string("cuf") == Array("\u{1B}[%p1%dC".utf8)
        result.hasColumn = string("hpa") == Array("\u{1B}[%i%p1%dG".utf8)
        result.hasVertical =
            string("cuu") == Array("\u{1B}[%p1%dA".utf8) && string("cud") == Array("\u{1B}[%p1%dB".utf8)
        result.hasEraseCharacters = string("ech") == Array("\u{1B}[%p1%dX".utf8)
        result.hasEraseLine = string("el") == Array("\u{1B}[K".utf8)
        result.erasesWithBackground = cn_flag("bce")
        result.scrollsAtEnd = cn_flag("am") && !cn_flag("xenl")
        result.showCursor = string("cnorm") ?? []
        result.hideCursor = string("civis") ?? []
        result.reset = string("sgr0").map(withoutCharset) ?? []
        result.hasAttributesOff = string("rmul") == Array("\u{1B}[24m".utf8)
        result.hasDefaultColors = string("op") == Array("\u{1B}[39;49m".utf8)
        let names: [(Attributes, String)] = [
            (.bold, "bold"), (.dim, "dim"), (.italic, "sitm"), (.underline, "smul"), (.reverse, "rev"),
        ]
        result.attributes = names.compactMap { attribute, name in string(name).map { (attribute, $0) } }
        result.setColors()
        return result
    }

    private mutating func setColors() {
        guard Capabilities.string("setaf") != nil, Capabilities.string("setab") != nil else { return }
        depth =
            switch Int(cn_number("colors")) {
            case 0x100_0000...: .direct
            case 256...: .indexed
            case 16...: .sixteen
            case 8...: .eight
            default: .none
            }
        foreground = { Capabilities.expanded("setaf", $0) }
        background = { Capabilities.expanded("setab", $0) }
        // The bits of `ncv`, from terminfo(5).
        let bits: [(Attributes, Int32)] = [
            (.underline, 1 << 1), (.reverse, 1 << 2), (.dim, 1 << 4), (.bold, 1 << 5), (.italic, 1 << 15),
        ]
        let excluded = max(0, cn_number("ncv"))
        colorless = bits.reduce(into: []) { if excluded & $1.1 != 0 { $0.insert($1.0) } }
        guard cn_flag("ccc"), Capabilities.string("initc") != nil else { return }
        resetColors = Capabilities.string("oc") ?? []
        defineColor = { index, color in
            let parts = [color.red, color.green, color.blue].map { Int($0) * 1000 / 255 }
            return Capabilities.expanded("initc", index, parts[0], parts[1], parts[2])
        }
    }

    /// The parameters of `CSI parameters m`; `nil` if the sequence has another form.
    static func parameters(of sequence: [UInt8]) -> ArraySlice<UInt8>? {
        guard sequence.starts(with: "\u{1B}[".utf8), sequence.last == UInt8(ascii: "m") else { return nil }
        let middle = sequence.dropFirst(2).dropLast()
        return middle.allSatisfy { (0x30...0x3B).contains($0) } ? middle : nil
    }

    /// The `CSI … m` within `sgr0`. The rest of it ends the alternate character set, which is never used.
    private static func withoutCharset(_ sequence: [UInt8]) -> [UInt8] {
        let starts = sequence.indices.filter { sequence[$0...].starts(with: "\u{1B}[".utf8) }
        for start in starts {
            guard let end = sequence[start...].firstIndex(of: UInt8(ascii: "m")) else { continue }
            let part = Array(sequence[start...end])
            if parameters(of: part) != nil { return part }
        }
        return sequence
    }

    private static func string(_ name: String) -> [UInt8]? {
        cn_string(name).map { withoutPadding(Array(String(cString: $0).utf8)) }
    }

    private static func expanded(_ name: String, _ numbers: Int...) -> [UInt8] {
        let values = (numbers + [0, 0, 0]).map(Int32.init(clamping:))
        guard let text = cn_expand(name, values[0], values[1], values[2], values[3]) else { return [] }
        return withoutPadding(Array(String(cString: text).utf8))
    }

    /// Removes delays such as `$<5>`: terminals of today need none.
    private static func withoutPadding(_ sequence: [UInt8]) -> [UInt8] {
        var (result, rest) = ([UInt8](), sequence[...])
        while let byte = rest.first {
            if rest.starts(with: "$<".utf8), let end = rest.firstIndex(of: UInt8(ascii: ">")) {
                rest = rest[(end + 1)...]
            } else {
                result.append(byte)
                rest = rest.dropFirst()
            }
        }
        return result
    }
}
