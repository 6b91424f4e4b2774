import Foundation
import Testing

/// All that runs the real program: one after the other, so that no test makes another one late.
@Suite("The program", .serialized)
enum Program {
    /// The program under test, which is built beside the tests.
    static let path: String = {
        let bundles = Bundle.allBundles.map { $0.bundlePath }
        let places = [CommandLine.arguments[0], "/proc/self/exe"] + bundles
        return places.map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().deletingLastPathComponent() }
            .map { $0.appendingPathComponent("frontdesk").path }
            .first { FileManager.default.isExecutableFile(atPath: $0) } ?? "frontdesk"
    }()
}

/// What a run of the program left.
struct Outcome: CustomStringConvertible {
    let code: Int32
    let out: String
    let err: String

    var lines: [String] { out.split(whereSeparator: \.isNewline).map(String.init) }
    /// Standard output, or the answers line by line.
    var json: JSON { JSON(out) }
    var answers: [JSON] { lines.map { JSON($0) } }
    /// The error that standard error tells as JSON.
    var error: JSON { JSON(err)["error"] }
    var description: String { "exit \(code)\n\(out)\n\(err)" }
}

/// A JSON value, read leniently: what is not there is nothing.
enum JSON: Decodable {
    case nothing, null
    case flag(Bool)
    case number(Double)
    case text(String)
    case array([JSON])
    case object([String: JSON])

    init(_ text: String) {
        self = (try? JSONDecoder().decode(JSON.self, from: Data(text.utf8))) ?? .nothing
    }

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let array = try? value.decode([JSON].self) {
            self = .array(array)
        } else {
            self = .object(try value.decode([String: JSON].self))
        }
    }

    subscript(_ key: String) -> JSON {
        if case .object(let members) = self { members[key] ?? .nothing } else { .nothing }
    }
    subscript(_ index: Int) -> JSON { array.indices.contains(index) ? array[index] : .nothing }
    var keys: Set<String> { if case .object(let members) = self { Set(members.keys) } else { [] } }
    var array: [JSON] { if case .array(let elements) = self { elements } else { [] } }
    var text: String? { if case .text(let text) = self { text } else { nil } }
    var number: Int? { if case .number(let number) = self { Int(number) } else { nil } }
    var flag: Bool? { if case .flag(let flag) = self { flag } else { nil } }
    var isNull: Bool { if case .null = self { true } else { false } }
    var exists: Bool { if case .nothing = self { false } else { true } }
}

/// A home of a test's own, with an estate in it unless said: gone with the test.
final class Desk {
    let home = FileManager.default.temporaryDirectory.appendingPathComponent("desk-\(UUID().uuidString)")
    let data: String
    private var runs = 0

    /// - Parameter disk: where the data lies, if that is not the home.
    init(empty: Bool = false, on disk: String? = nil) throws {
        data = "\(disk ?? home.path)/data"
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        if empty { return }
        let made = try run("init --name 翠湖花园 --staff S01:王经理:manager")
        try #require(made.code == 0, "\(made)")
        let filled = try run("do --lines", input: Desk.beginning)
        try #require(filled.code == 0, "\(filled)")
    }

    deinit { try? FileManager.default.removeItem(at: home) }

    /// Staff of every role, three units, and three residents of whom two have one name.
    private static let beginning =
        [
            ("S02", "陈接待", "operator"), ("S03", "赵门岗", "guard"), ("S04", "周主管", "supervisor"),
            ("S05", "吴区域", "regional"), ("S06", "郑管理", "administrator"), ("S07", "孙财务", "finance"),
        ].map { #"{"do":"staff.add","at":"2025-01-01","staff":"\#($0)","name":"\#($1)","role":"\#($2)"}"# + "\n" }
        .joined()
            + """
            {"do":"unit.add","at":"2025-01-01","unit":"3-2-501","area":"89.5"}
            {"do":"unit.add","at":"2025-01-01","unit":"3-2-502"}
            {"do":"unit.add","at":"2025-01-01","unit":"3-2-503"}
            {"do":"person.add","at":"2025-01-01","name":"李四","unit":"3-2-501","role":"owner","phone":"13800001111"}
            {"do":"person.add","at":"2025-01-01","name":"王芳","unit":"3-2-502","role":"owner"}
            {"do":"person.add","at":"2025-01-01","name":"王芳","unit":"3-2-503","role":"tenant"}
            {"do":"vehicle.add","at":"2025-01-01","plate":"沪A12345","unit":"3-2-501"}

            """

    // MARK: Running

    func environment(_ changes: [String: String] = [:]) -> [String: String] {
        var variables = ["LC_ALL": "C.UTF-8", "FRONTDESK_DATA": data, "FRONTDESK_STAFF": "S01", "HOME": home.path]
        for name in ["PATH", "LD_LIBRARY_PATH", "TMPDIR"] {
            variables[name] = ProcessInfo.processInfo.environment[name]
        }
        return variables.merging(changes) { $1 }
    }

    /// A file's path in the home; with contents, it is written.
    func file(_ name: String, _ contents: Data? = nil) throws -> String {
        let place = home.appendingPathComponent(name)
        try contents?.write(to: place)
        return place.path
    }

    func file(_ name: String, _ text: String) throws -> String { try file(name, Data(text.utf8)) }

    /// Runs the program with words as a shell would split them at blanks.
    func run(_ words: String, input: String = "", _ changes: [String: String] = [:]) throws -> Outcome {
        try run(words.split(separator: " ").map(String.init), input: input, changes)
    }

    func run(_ words: [String], input: String = "", _ changes: [String: String] = [:]) throws -> Outcome {
        try run(words, input: Data(input.utf8), changes)
    }

    func run(_ words: [String], input: Data, _ changes: [String: String] = [:]) throws -> Outcome {
        runs += 1
        let (output, errors) = (try file("out\(runs)"), try file("err\(runs)"))
        let child = try Child(
            [Program.path] + words, environment: environment(changes),
            .files(input: try file("in\(runs)", input), output: output, errors: errors))
        let code = try #require(child.wait(), "does not end: \(words)")
        return Outcome(code: code, out: try Desk.text(output), err: try Desk.text(errors))
    }

    /// Starts the program and leaves it running.
    func start(_ words: String) throws -> Child {
        runs += 1
        return try Child(
            [Program.path] + words.split(separator: " ").map(String.init), environment: environment(),
            .pipes(errors: try file("err\(runs)")))
    }

    static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    }

    /// Does one thing that has to succeed; its id.
    @discardableResult
    func `do`(_ words: String) throws -> String {
        let outcome = try run("do \(words)")
        try #require(outcome.code == 0, "\(words): \(outcome)")
        return try #require(outcome.json["id"].text)
    }

    /// A view's rows.
    func show(_ words: String) throws -> [JSON] {
        let outcome = try run("show \(words) --json")
        try #require(outcome.code == 0, "\(words): \(outcome)")
        return outcome.json.array
    }

    /// The segments of the journal, oldest first.
    func segments() throws -> [URL] {
        let folder = URL(fileURLWithPath: data).appendingPathComponent("journal/desk")
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "jsonl" }.sorted { $0.path < $1.path }
    }
}

/// Whether the long forms of the sweeps run too: `FRONTDESK_LONG_TESTS=1 swift test`.
let isLong = ProcessInfo.processInfo.environment["FRONTDESK_LONG_TESTS"] == "1"
