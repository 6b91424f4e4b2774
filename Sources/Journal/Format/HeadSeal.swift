/// A line of a log, named so shortly that it fits on paper: its number and the first digits of its hash. Since each hash
/// covers the one before, nothing up to that line can change without the seal ceasing to fit.
///
///     1234:3f2a-91bc-77e0-15d4
///     gate:1234:3f2a-91bc-77e0-15d4
///
/// 64 bits: to make another history for a seal takes 2⁶⁴ attempts.
public struct HeadSeal: Hashable, Sendable {
    /// The node that wrote the log; `nil` fits any log of the folder.
    public let node: String?
    public let sequence: Int
    /// The first digits of the line's hash, hexadecimal.
    private let digits: String

    /// How many digits are written.
    private static let length = 16

    public init(node: String?, sequence: Int, hash: Digest) {
        (self.node, self.sequence, digits) = (node, sequence, hash.text)
    }

    /// Reads what ``text`` writes, or the number with the whole hash; hyphens and blanks do not count. `nil` for
    /// anything else.
    public init?(_ text: String) {
        let parts = text.replacing("：", with: ":").split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), let number = Int(parts[parts.count - 2]), number > 0,
            Line.numbers.contains(number)
        else { return nil }
        digits = parts[parts.count - 1].lowercased().filter { $0 != "-" && $0 != " " }
        guard (HeadSeal.length...64).contains(digits.count), digits.utf8.allSatisfy(HeadSeal.isDigit) else {
            return nil
        }
        sequence = number
        node = parts.count == 3 ? String(parts[0]) : nil
        if node?.isEmpty == true { return nil }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (97...102).contains(byte) }

    /// The form for people.
    public var text: String {
        var groups: [Substring] = []
        var rest = digits.prefix(HeadSeal.length)
        while !rest.isEmpty {
            groups.append(rest.prefix(4))
            rest = rest.dropFirst(4)
        }
        return "\(node.map { "\($0):" } ?? "")\(sequence):\(groups.joined(separator: "-"))"
    }

    /// Whether it has all of the hash.
    var isWhole: Bool { digits.count == 64 }

    /// The form with all digits that are known, for programs.
    public var wholeText: String { "\(node.map { "\($0):" } ?? "")\(sequence):\(digits)" }

    /// Whether a line of the number has such a hash.
    func fits(_ hash: Digest) -> Bool { hash.text.hasPrefix(digits) }
}
