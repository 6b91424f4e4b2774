import Foundation

extension Data {
    /// The first key that an object has twice, in JSON that decodes: which of its values counts would be chance.
    var repeatedKey: String? {
        // Of each open object, and of each open array, which has none.
        var open: [Set<String>] = []
        var position = startIndex
        while position < endIndex {
            switch self[position] {
            case UInt8(ascii: "{"), UInt8(ascii: "["): open.append([])
            case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = open.popLast()
            case UInt8(ascii: "\""):
                let start = position
                repeat {
                    position += self[position] == UInt8(ascii: "\\") ? 2 : 1
                } while position < endIndex && self[position] != UInt8(ascii: "\"")
                guard position < endIndex else { return nil }
                let next = self[(position + 1)...].first { !" \t\r\n".utf8.contains($0) }
                if next == UInt8(ascii: ":"), !open.isEmpty,
                    let key = try? JSONDecoder().decode(String.self, from: self[start...position]),
                    !open[open.count - 1].insert(key).inserted
                {
                    return key
                }
            default: break
            }
            position += 1
        }
        return nil
    }
}
