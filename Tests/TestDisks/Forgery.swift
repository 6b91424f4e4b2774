import Crypto
import Foundation

/// The lines of a log in the hands of somebody who may write the folder: changed, inserted or removed, and numbered and
/// hashed anew, so that each line proves itself and follows the one before.
struct Forgery {
    /// Without newlines.
    var lines: [String]

    init(_ bytes: [UInt8]) {
        lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// The bytes of all lines, chained from the first on.
    var bytes: [UInt8] {
        var (previous, text) = (String(repeating: "0", count: 64), "")
        for (index, line) in lines.enumerated() {
            let body = Forgery.renumbered(String(line.dropLast(Forgery.hashesLength)), index + 1)
            let (whole, hash) = Forgery.hashed(body, after: previous)
            text += whole + "\n"
            previous = hash
        }
        return Array(text.utf8)
    }

    /// One line with its hashes made anew, after a line of some hash.
    static func hashed(_ body: String, after previous: String) -> (line: String, hash: String) {
        let start = "\(body),\"p\":\"\(previous)\""
        let hash = SHA256.hash(data: Data(start.utf8)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
            .joined()
        return ("\(start),\"h\":\"\(hash)\"}", hash)
    }

    /// The length of `,"p":"…","h":"…"}`.
    static let hashesLength = 143

    private static func renumbered(_ body: String, _ number: Int) -> String {
        guard let key = body.range(of: "\"s\":"), let end = body[key.upperBound...].firstIndex(of: ",") else {
            return body
        }
        return body.replacingCharacters(in: key.upperBound..<end, with: "\(number)")
    }
}
