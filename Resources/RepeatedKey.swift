import Foundation

extension Data {
    /// The path of the first key that an object has twice, in UTF-8 of JSON that decodes: which of its values counts would
    /// be chance. Elements of lists are counted from 1.
    var repeatedKey: [String]? {
        var open: [OpenValue] = []
        var position = startIndex
        while position < endIndex {
            switch self[position] {
            case UInt8(ascii: "{"): open.append(.object())
            case UInt8(ascii: "["): open.append(.list())
            case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = open.popLast()
            case UInt8(ascii: ","):
                if case .list(let element)? = open.last { open[open.count - 1] = .list(element: element + 1) }
            case UInt8(ascii: "\""):
                let start = position
                repeat {
                    position += self[position] == UInt8(ascii: "\\") ? 2 : 1
                } while position < endIndex && self[position] != UInt8(ascii: "\"")
                guard position < endIndex else { return nil }
                let next = self[(position + 1)...].first { !" \t\r\n".utf8.contains($0) }
                if next == UInt8(ascii: ":"), case .object(let keys, _)? = open.last,
                    let key = try? JSONDecoder().decode(String.self, from: self[start...position])
                {
                    open[open.count - 1] = .object(keys: keys.union([key]), key: key)
                    if keys.contains(key) { return open.map(\.name) }
                }
            default: break
            }
            position += 1
        }
        return nil
    }
}

/// An object or a list that has not ended yet.
private enum OpenValue {
    /// The keys so far, and the last one.
    case object(keys: Set<String> = [], key: String = "")
    /// The number of the element.
    case list(element: Int = 1)

    var name: String {
        switch self {
        case .object(_, let key): key
        case .list(let element): "\(element)"
        }
    }
}
