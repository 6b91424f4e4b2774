import Screen

/// The sequences that change a terminal's pen: one SGR with only what differs, or after a reset, whichever is shorter.
struct PenChange {
    private struct Key: Hashable {
        let old: Pen?
        let new: Pen
    }

    private let capabilities: Capabilities
    private var known: [Key: [UInt8]] = [:]

    init(_ capabilities: Capabilities) {
        self.capabilities = capabilities
    }

    /// The bytes from one pen to another; `old` is `nil` if it is unknown.
    mutating func bytes(from old: Pen?, to new: Pen) -> [UInt8] {
        if old == new { return [] }
        let key = Key(old: old, new: new)
        if let bytes = known[key] { return bytes }
        let anew = joined([capabilities.reset] + additions(from: .plain, to: new))
        let bytes = old.flatMap { difference(from: $0, to: new) }.map(joined).flatMap {
            $0.count < anew.count ? $0 : nil
        }
        known[key] = bytes ?? anew
        return bytes ?? anew
    }

    /// What switches attributes off and on and changes colours; `nil` if that needs a reset.
    private func difference(from old: Pen, to new: Pen) -> [[UInt8]]? {
        let off = old.attributes.subtracting(new.attributes)
        if !off.isEmpty, !capabilities.hasAttributesOff { return nil }
        let toDefault = old.foreground >= 0 && new.foreground < 0 || old.background >= 0 && new.background < 0
        if toDefault, !capabilities.hasDefaultColors { return nil }
        var (parts, kept) = ([[UInt8]](), old)
        kept.attributes.subtract(off)
        // Bold and dim are switched off together.
        let weights: Attributes = [.bold, .dim]
        if !off.isDisjoint(with: weights) {
            parts.append(PenChange.sgr(22))
            kept.attributes.subtract(weights)
        }
        for (attribute, number) in [(Attributes.italic, 23), (.underline, 24), (.reverse, 27)]
        where off.contains(attribute) {
            parts.append(PenChange.sgr(number))
        }
        return parts + additions(from: kept, to: new)
    }

    /// What adds attributes and sets colours that differ.
    private func additions(from old: Pen, to new: Pen) -> [[UInt8]] {
        let on = new.attributes.subtracting(old.attributes)
        var parts = capabilities.attributes.filter { on.contains($0.0) }.map(\.1)
        if new.foreground != old.foreground {
            parts.append(new.foreground < 0 ? PenChange.sgr(39) : capabilities.foreground(Int(new.foreground)))
        }
        if new.background != old.background {
            parts.append(new.background < 0 ? PenChange.sgr(49) : capabilities.background(Int(new.background)))
        }
        return parts
    }

    private static func sgr(_ number: Int) -> [UInt8] { Array("\u{1B}[\(number)m".utf8) }

    /// Joins neighbouring SGR sequences to one; others are sent as they are.
    private func joined(_ sequences: [[UInt8]]) -> [UInt8] {
        var (result, pending): ([UInt8], [ArraySlice<UInt8>]) = ([], [])
        func flush() {
            guard !pending.isEmpty else { return }
            // An empty parameter is 0, but not every terminal knows that within a list.
            let zero = pending.count == 1 ? [][...] : [UInt8(ascii: "0")][...]
            let parameters = pending.map { $0.isEmpty ? zero : $0 }.joined(separator: [UInt8(ascii: ";")])
            result += Array("\u{1B}[".utf8) + parameters + [UInt8(ascii: "m")]
            pending = []
        }
        for sequence in sequences where !sequence.isEmpty {
            if let parameters = Capabilities.parameters(of: sequence) {
                pending.append(parameters)
            } else {
                flush()
                result += sequence
            }
        }
        flush()
        return result
    }
}
