import Foundation
import Testing

/// A temporary home folder with an estate, and methods to run the program on it. Deleted with the object.
final class TestHome {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("desk-\(UUID().uuidString)")
    let data: String
    private var runs = 0
    /// The words before the program's that run it on a machine of a ``TestNetwork``.
    var machine: [String] = []

    /// - Parameters:
    ///   - empty: Creates no estate.
    ///   - disk: Folder for the data, if not the home.
    init(empty: Bool = false, on disk: String? = nil) throws {
        data = "\(disk ?? folder.path)/data"
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        if empty { return }
        let made = try run("init --name 翠湖花园 --staff S01:王经理:manager")
        try #require(made.code == 0, "\(made)")
        let filled = try run("do --lines", input: TestHome.beginning)
        try #require(filled.code == 0, "\(filled)")
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Staff of six roles, three units, three residents (two with the same name) and a vehicle.
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
        var variables = ["LC_ALL": "C.UTF-8", "FRONTDESK_DATA": data, "FRONTDESK_STAFF": "S01", "HOME": folder.path]
        for name in ["PATH", "LD_LIBRARY_PATH", "TMPDIR"] {
            variables[name] = ProcessInfo.processInfo.environment[name]
        }
        return variables.merging(changes) { $1 }
    }

    /// The path of a file in the home; writes the file if `contents` are given.
    func file(_ name: String, _ contents: Data? = nil) throws -> String {
        let place = folder.appendingPathComponent(name)
        try contents?.write(to: place)
        return place.path
    }

    func file(_ name: String, _ text: String) throws -> String { try file(name, Data(text.utf8)) }

    /// Runs the program with arguments separated by blanks.
    func run(_ words: String, input: String = "", _ changes: [String: String] = [:]) throws -> Outcome {
        try run(words.split(separator: " ").map(String.init), input: input, changes)
    }

    func run(_ words: [String], input: String = "", _ changes: [String: String] = [:]) throws -> Outcome {
        try run(words, input: Data(input.utf8), changes)
    }

    func run(_ words: [String], input: Data, _ changes: [String: String] = [:]) throws -> Outcome {
        runs += 1
        let (output, errors) = (try file("out\(runs)"), try file("err\(runs)"))
        let child = try ChildProcess(
            machine + [Program.path] + words, environment: environment(changes),
            .files(input: try file("in\(runs)", input), output: output, errors: errors))
        let code = try #require(child.wait(), "timeout: \(words)")
        return Outcome(code: code, out: try TestHome.text(output), err: try TestHome.text(errors))
    }

    /// Starts the program with pipes for input and output.
    func start(_ words: String) throws -> ChildProcess {
        runs += 1
        return try ChildProcess(
            [Program.path] + words.split(separator: " ").map(String.init), environment: environment(),
            .pipes(errors: try file("err\(runs)")))
    }

    static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    }

    /// Performs an action that must succeed and returns its id.
    @discardableResult
    func `do`(_ words: String) throws -> String {
        let outcome = try run("do \(words)")
        try #require(outcome.code == 0, "\(words): \(outcome)")
        return try #require(outcome.json["id"].text)
    }

    /// Records the visitors 客0, 客1, … in one batch.
    func addVisitors(_ count: Int) throws {
        let lines = (0..<count).map { Self.visitor("客\($0)") }
        let outcome = try run("do --lines", input: lines.joined(separator: "\n"))
        try #require(outcome.code == 0, "\(outcome)")
    }

    /// The id of a visit by the visitor's name, which the journal has sealed; the line that records it begins with it.
    func visit(_ name: String) throws -> Data {
        Data(try #require(show("gate").first { $0["name"].text == name }?["id"].text).utf8)
    }

    /// A line for `do --lines` that records a visitor.
    static func visitor(_ name: String) -> String {
        #"{"do":"visitor.arrive","name":"\#(name)","host":"3-2-501","purpose":"快递"}"#
    }

    /// The rows of a view.
    func show(_ words: String) throws -> [JSON] {
        let outcome = try run("show \(words) --json")
        try #require(outcome.code == 0, "\(words): \(outcome)")
        return outcome.json.array
    }

    /// Files of the journal's segments, oldest first.
    func segments() throws -> [URL] {
        let folder = URL(fileURLWithPath: data).appendingPathComponent("journal/desk")
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "jsonl" }.sorted { $0.path < $1.path }
    }
}
