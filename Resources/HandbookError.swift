import Foundation

/// The reason why a handbook cannot be used, and the file that causes it.
public struct HandbookError: Error, Equatable, Sendable {
    /// Stable codes, for scripts.
    public enum Code: String, Sendable {
        /// The file exists but cannot be read.
        case unreadable = "handbook.unreadable"
        /// The file is not JSON, a key stands twice, or a value is missing or has the wrong type.
        case malformed = "handbook.malformed"
        /// The file changes a prescribed value.
        case prescribed = "handbook.prescribed"
        /// The file has an unknown key.
        case unknown = "handbook.unknown"
        /// A value has the right type but is not allowed.
        case invalid = "handbook.invalid"
    }

    /// A key path as text: `penalty.policy.capPercent`.
    static func name(of path: [String]) -> String {
        path.isEmpty ? "JSON" : path.joined(separator: ".")
    }

    /// The code and the message in both languages.
    public struct Reason: Error, Equatable, Sendable {
        public let code: Code
        public let chinese: String
        public let english: String
        /// The key whose value is not allowed.
        var key: String?
    }

    /// File name without folder.
    public let file: String
    public let reason: Reason

    public var code: Code { reason.code }
    public var chinese: String { "手册文件 \(file)：\(reason.chinese)" }
    public var english: String { "Handbook file \(file): \(reason.english)" }
}

extension HandbookError: CustomStringConvertible, LocalizedError {
    public var description: String { chinese }
    public var errorDescription: String? { chinese }
}

extension HandbookError.Reason {
    static func unreadable(_ error: any Error) -> Self {
        (error as? CocoaError)?.code == .fileReadNoPermission
            ? Self(code: .unreadable, chinese: "没有读取权限", english: "may not be read by this account")
            : Self(code: .unreadable, chinese: "无法读取，请检查文件和磁盘", english: "cannot be read: see to the file and the disk")
    }

    static var device: Self {
        Self(code: .unreadable, chinese: "是管道或设备，不是文件", english: "is a pipe or a device, not a file")
    }

    static var noFolder: Self {
        Self(code: .unreadable, chinese: "不是文件夹，请移开", english: "is no folder: move it away")
    }

    static var folder: Self { Self(code: .unreadable, chinese: "是文件夹，不是文件", english: "is a folder, not a file") }

    static func prescribed(_ path: [String]) -> Self {
        let key = HandbookError.name(of: path)
        return Self(
            code: .prescribed, chinese: "“\(key)”由岗位标准规定，不能更改；可改的只有 policy 中的值",
            english: "“\(key)” is prescribed by the standards; only values under “policy” may change")
    }

    static func unknown(_ path: [String]) -> Self {
        let key = HandbookError.name(of: path)
        return Self(
            code: .unknown, chinese: "没有名为“\(key)”的项", english: "there is nothing called “\(key)”")
    }

    /// UTF-16, which JSON may be in as well.
    static var encoding: Self {
        Self(code: .malformed, chinese: "不是 UTF-8 编码，请另存为 UTF-8", english: "is not in UTF-8: save it as such")
    }

    static func repeated(_ path: [String]) -> Self {
        let key = HandbookError.name(of: path)
        return Self(code: .malformed, chinese: "“\(key)”写了两次，请只留一处", english: "“\(key)” stands there twice: leave one")
    }

    static func tooLarge(_ path: [String]) -> Self {
        .invalid(HandbookError.name(of: path), chinese: "太大", english: "is too large")
    }

    static func invalid(_ key: String, chinese: String, english: String) -> Self {
        Self(code: .invalid, chinese: "“\(key)”\(chinese)", english: "“\(key)” \(english)", key: key)
    }

    /// The same with the value that stands in the file, if it is one number, word or flag.
    func showing(valueIn tree: JSONTree?) -> Self {
        guard let key, let value = tree?.value(at: key.split(separator: ".").map(String.init))?.scalar else {
            return self
        }
        return Self(
            code: code, chinese: "\(chinese)，现在是 \(value)", english: "\(english); it is \(value)", key: key)
    }

    /// A value that the chapter cannot take, in a file that is JSON.
    static func wrongValue(_ error: any Error) -> Self {
        if case DecodingError.dataCorrupted(let context)? = error as? DecodingError, context.codingPath.isEmpty {
            return Self(
                code: .malformed, chinese: "有一个数不能用：应写整数的写了小数，或太大",
                english: "has a number that cannot be used: a fraction in place of a whole number, or too large")
        }
        return malformed(error)
    }

    static func malformed(_ error: any Error) -> Self {
        let (chinese, english) = (error as? DecodingError).map(wording) ?? ("无法解析", "cannot be decoded")
        return Self(code: .malformed, chinese: chinese, english: english)
    }

    private static func wording(_ error: DecodingError) -> (chinese: String, english: String) {
        func name(_ path: [any CodingKey]) -> String {
            // Elements of lists are counted from 1; a year is a key that is a number.
            HandbookError.name(
                of: path.map { key in
                    let element = key.stringValue.hasPrefix("Index ") ? key.intValue : nil
                    return element.map { "\($0 + 1)" } ?? key.stringValue
                })
        }
        switch error {
        case .keyNotFound(let key, let context):
            let key = name(context.codingPath + [key])
            return ("缺少“\(key)”", "“\(key)” is missing")
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            let key = name(context.codingPath)
            return ("“\(key)”的值类型不对", "“\(key)” has a value of the wrong type")
        case .dataCorrupted(let context) where context.codingPath.isEmpty:
            return ("不是有效的 JSON", "is not valid JSON")
        case .dataCorrupted(let context):
            let key = name(context.codingPath)
            return ("“\(key)”的值无法识别", "“\(key)” has a value that is not known")
        @unknown default:
            return ("无法解析", "cannot be decoded")
        }
    }
}

/// Throws `invalid` with this key and message unless `holds`. Used by the chapters' `check()`.
func require(
    _ holds: Bool, _ key: String, _ chinese: String, _ english: String
) throws(HandbookError.Reason) {
    if !holds { throw .invalid(key, chinese: chinese, english: english) }
}
