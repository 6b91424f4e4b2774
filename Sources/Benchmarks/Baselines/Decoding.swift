import Foundation

/// Reads the journal with `JSONDecoder` and checks nothing: a baseline of ``Rebuild``.
enum Decoding {
    /// The members of a line.
    private struct Envelope: Decodable {
        let v: Int
        let n: String
        let s: Int
        let t: String
        let id: String
        let by: String
        let k: String
        let g: [Int]?
        let d: [String: Value]
        let p: String
        let h: String
    }

    /// Any JSON value. The most frequent kinds are tried first.
    private enum Value: Decodable {
        case string(String)
        case number(Int)
        case flag(Bool)
        case list([Value])
        case members([String: Value])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .string(text)
            } else if let number = try? container.decode(Int.self) {
                self = .number(number)
            } else if let flag = try? container.decode(Bool.self) {
                self = .flag(flag)
            } else if let list = try? container.decode([Value].self) {
                self = .list(list)
            } else {
                self = .members(try container.decode([String: Value].self))
            }
        }
    }

    static func decode(_ folder: EstateFolder) throws {
        let decoder = JSONDecoder()
        try folder.eachLine { bytes in
            guard let base = UnsafeMutableRawPointer(mutating: bytes.baseAddress) else { return }
            let line = Data(bytesNoCopy: base, count: bytes.count, deallocator: .none)
            withExtendedLifetime(try decoder.decode(Envelope.self, from: line)) {}
        }
    }
}
