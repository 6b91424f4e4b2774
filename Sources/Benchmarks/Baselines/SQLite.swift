import Glibc

/// SQLite as a baseline, in write-ahead mode with a sync on every commit. The library is loaded at run time, if installed.
final class SQLite {
    private typealias Open = @convention(c) (UnsafePointer<CChar>, UnsafeMutablePointer<OpaquePointer?>) -> Int32
    private typealias Close = @convention(c) (OpaquePointer?) -> Int32
    private typealias Execute =
        @convention(c) (
            OpaquePointer?, UnsafePointer<CChar>, UnsafeRawPointer?, UnsafeRawPointer?, UnsafeRawPointer?
        ) -> Int32
    private typealias Prepare =
        @convention(c) (
            OpaquePointer?, UnsafePointer<CChar>, Int32, UnsafeMutablePointer<OpaquePointer?>, UnsafeRawPointer?
        ) -> Int32
    /// The last argument, a destructor, is null (`SQLITE_STATIC`): the bytes stay valid during the step.
    private typealias Bind =
        @convention(c) (
            OpaquePointer?, Int32, UnsafePointer<CChar>?, Int32, UnsafeRawPointer?
        ) -> Int32
    private typealias Use = @convention(c) (OpaquePointer?) -> Int32

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let close: Close
    private let execute: Execute
    private let bind: Bind
    private let step: Use
    private let reset: Use
    private let finalise: Use
    private var database: OpaquePointer?
    private var insertion: OpaquePointer?

    private static let done: Int32 = 101

    /// Creates a database with a table of lines; `nil` when SQLite is not installed.
    init?(at path: String) throws {
        guard let library = dlopen("libsqlite3.so.0", RTLD_NOW) else { return nil }
        func function<Function>(_ name: String, _: Function.Type) throws -> Function {
            guard let symbol = dlsym(library, name) else { throw Failure(description: "SQLite has no \(name)") }
            return unsafeBitCast(symbol, to: Function.self)
        }
        close = try function("sqlite3_close", Close.self)
        execute = try function("sqlite3_exec", Execute.self)
        bind = try function("sqlite3_bind_text", Bind.self)
        step = try function("sqlite3_step", Use.self)
        reset = try function("sqlite3_reset", Use.self)
        finalise = try function("sqlite3_finalize", Use.self)
        try check(try function("sqlite3_open", Open.self)(path, &database))
        try run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE facts (line TEXT NOT NULL)")
        let prepare = try function("sqlite3_prepare_v2", Prepare.self)
        try check(prepare(database, "INSERT INTO facts VALUES (?)", -1, &insertion, nil))
    }

    deinit {
        _ = finalise(insertion)
        _ = close(database)
    }

    /// Inserts rows in one transaction, durable on return.
    func commit(_ rows: [ArraySlice<UInt8>]) throws {
        try run("BEGIN")
        for row in rows {
            try row.withUnsafeBytes { bytes in
                let text = bytes.bindMemory(to: CChar.self)
                try check(bind(insertion, 1, text.baseAddress, Int32(text.count), nil))
                try check(step(insertion), SQLite.done)
                try check(reset(insertion))
            }
        }
        try run("COMMIT")
    }

    private func run(_ statement: String) throws { try check(execute(database, statement, nil, nil, nil)) }

    private func check(_ code: Int32, _ expected: Int32 = 0) throws {
        if code != expected { throw Failure(description: "SQLite answers \(code)") }
    }
}
