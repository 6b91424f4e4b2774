import Glibc

/// A connection to a PostgreSQL server. Commands go in pipelines: all are sent before the first answer is awaited.
///
/// Blocks the thread that uses it, at most ``patience`` seconds without any progress. After an error it is of no use.
final class PostgresConnection {
    /// The seconds without a byte in either direction after which the server counts as gone.
    private static let patience = 30.0

    private let libpq: LibPQ
    private let connection: LibPQ.Connection

    /// The rows of an answer, each with its columns in binary form; `nil` is NULL.
    typealias Rows = [[[UInt8]?]]

    /// A command with its parameters.
    struct Command {
        let sql: String
        var parameters: [Parameter] = []
    }

    /// - Throws: ``HubError``.
    init(to address: HubAddress, program: String) throws {
        guard let libpq = LibPQ.shared else { throw HubError(.library) }
        var parameters = try address.parameters(program: program)
        parameters["password"] = try address.password()
        guard let opened = PostgresConnection.open(parameters, libpq) else { throw HubError(.unreachable) }
        do {
            try PostgresConnection.complete(opened, libpq)
            guard libpq.setNonblocking(opened, 1) == 0 else { throw HubError(.unreachable) }
        } catch {
            libpq.finish(opened)
            throw error
        }
        (self.libpq, connection) = (libpq, opened)
    }

    deinit { libpq.finish(connection) }

    private static func open(_ parameters: [String: String], _ libpq: LibPQ) -> LibPQ.Connection? {
        let texts = parameters.map { (strdup($0.key), strdup($0.value)) }
        defer {
            for (key, value) in texts {
                free(key)
                // It may be the password.
                if let value { memset(value, 0, strlen(value)) }
                free(value)
            }
        }
        let keys = texts.map { UnsafePointer($0.0) } + [nil]
        let values = texts.map { UnsafePointer($0.1) } + [nil]
        return libpq.startConnect(keys, values, 0)
    }

    /// Goes on until the connection stands. Throws ``HubError``.
    private static func complete(_ connection: LibPQ.Connection, _ libpq: LibPQ) throws {
        // The server's words may be in any language; its SQLSTATE is not, and stands among them.
        _ = libpq.setErrorVerbosity(connection, LibPQ.verbose)
        func refused() -> HubError {
            HubError(refusal: libpq.errorMessage(connection).map { String(cString: $0) } ?? "")
        }
        if libpq.status(connection) == LibPQ.connectionBad { throw refused() }
        let deadline = ContinuousClock.now + .seconds(patience)
        var state = LibPQ.pollingWriting
        while state != LibPQ.pollingOK {
            if state == LibPQ.pollingFailed { throw refused() }
            let events = Int16(state == LibPQ.pollingReading ? POLLIN : POLLOUT)
            var wait = pollfd(fd: libpq.socket(connection), events: events, revents: 0)
            let left = ContinuousClock.now.duration(to: deadline)
            let ready = Glibc.poll(&wait, 1, Int32(max(0, left / .milliseconds(1))))
            if ready < 0, errno == EINTR { continue }
            if ready <= 0 { throw HubError(.unreachable, String(cString: strerror(ETIMEDOUT))) }
            state = libpq.pollConnect(connection)
        }
    }

    /// For `poll`.
    var file: Int32 { libpq.socket(connection) }

    /// Runs commands in one transaction, or in the one that is begun, and returns the rows of each.
    ///
    /// - Throws: ``HubError``: the first that the server reports.
    @discardableResult
    func run(_ commands: [Command]) throws -> [Rows] {
        guard libpq.enterPipeline(connection) == 1 else { throw lost() }
        try commands.forEach(send)
        guard libpq.pipelineSync(connection) == 1 else { throw lost() }
        var failure: HubError?
        let rows = try commands.map { _ in try answer(&failure) }
        guard case .synced = try next(), libpq.exitPipeline(connection) == 1 else { throw lost() }
        if let failure { throw failure }
        return rows
    }

    @discardableResult
    func run(_ commands: Command...) throws -> [Rows] { try run(commands) }

    /// Begins a `COPY … FROM STDIN`, whose rows ``put(_:)`` sends.
    func beginCopy(_ command: String) throws {
        try send(Command(sql: command))
        switch try next() {
        case .copying: try put(CopiedRows.header)
        case .failed(let error): throw error
        default: throw lost()
        }
    }

    func endCopy() throws {
        try put(CopiedRows.trailer)
        try untilTaken { libpq.putCopyEnd(connection, nil) }
        var failure: HubError?
        _ = try answer(&failure)
        if let failure { throw failure }
    }

    /// Sends rows; returns once the socket has them, while the server takes them.
    func put(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { bytes in
            try untilTaken { libpq.putCopyData(connection, bytes.baseAddress, Int32(bytes.count)) }
        }
        while try isUnsent() { try poll(isSending: true) }
    }

    /// Calls a function of libpq until it does not answer 0, which means that its buffers are full.
    private func untilTaken(_ call: () -> Int32) throws {
        while true {
            switch call() {
            case 1: return
            case 0: try poll(isSending: true)
            default: throw lost()
            }
        }
    }

    private func send(_ command: Command) throws {
        let (types, values) = (command.parameters.map(\.type), command.parameters.map(\.bytes))
        let (lengths, formats) = (values.map { Int32($0.count) }, values.map { _ in Int32(1) })
        func withPointers(
            _ rest: ArraySlice<[UInt8]>, _ pointers: [UnsafePointer<CChar>?], _ body: ([UnsafePointer<CChar>?]) -> Int32
        ) -> Int32 {
            guard let first = rest.first else { return body(pointers) }
            return first.withUnsafeBytes { bytes in
                // An empty value is not NULL.
                let start = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1)
                let pointer = start?.assumingMemoryBound(to: CChar.self)
                return withPointers(rest.dropFirst(), pointers + [pointer], body)
            }
        }
        let isSent = withPointers(values[...], []) {
            libpq.sendQuery(connection, command.sql, Int32($0.count), types, $0, lengths, formats, 1)
        }
        if isSent != 1 { throw lost() }
        // What the socket takes goes out; the rest while answers are awaited.
        _ = try isUnsent()
    }

    private enum Answer {
        case rows(Rows)
        case failed(HubError)
        /// The server waits for rows.
        case copying
        case aborted
        case synced
        /// The end of one command's results.
        case end
    }

    private func answer(_ failure: inout HubError?) throws -> Rows {
        var rows: Rows = []
        while true {
            switch try next() {
            case .rows(let more): rows += more
            case .failed(let error): failure = failure ?? error
            case .aborted: break
            case .copying, .synced: throw lost()
            case .end: return rows
            }
        }
    }

    /// The next result, once it is complete.
    private func next() throws -> Answer {
        while libpq.isBusy(connection) == 1 { try move() }
        guard let result = libpq.getResult(connection) else { return .end }
        defer { libpq.clear(result) }
        switch libpq.resultStatus(result) {
        case LibPQ.commandOK, LibPQ.tuplesOK: return .rows(rows(of: result))
        case LibPQ.copyIn: return .copying
        case LibPQ.pipelineSynced: return .synced
        case LibPQ.pipelineAborted: return .aborted
        default:
            let state = libpq.resultField(result, LibPQ.sqlState).map { String(cString: $0) }
            let message = libpq.resultField(result, LibPQ.primaryMessage).map { String(cString: $0) } ?? ""
            guard let state else { throw lost() }
            return .failed(HubError(state: state, message: message))
        }
    }

    private func rows(of result: LibPQ.Result) -> Rows {
        let columns = 0..<libpq.columnCount(result)
        return (0..<libpq.rowCount(result)).map { row in
            columns.map { column in
                if libpq.isNull(result, row, column) == 1 { return nil }
                let count = Int(libpq.length(result, row, column))
                return Array(UnsafeBufferPointer(start: libpq.value(result, row, column), count: count))
            }
        }
    }

    /// Sends what the socket takes; returns whether something is left.
    private func isUnsent() throws -> Bool {
        let isLeft = libpq.flush(connection)
        if isLeft < 0 { throw lost() }
        return isLeft == 1
    }

    /// Waits until bytes of an answer come.
    private func move() throws { try poll(isSending: isUnsent()) }

    /// Waits until bytes come, or can go.
    private func poll(isSending: Bool) throws {
        var wait = pollfd(fd: file, events: Int16(POLLIN) | (isSending ? Int16(POLLOUT) : 0), revents: 0)
        let ready = Glibc.poll(&wait, 1, Int32(PostgresConnection.patience * 1000))
        if ready < 0, errno == EINTR { return }
        if ready <= 0 { throw HubError(.unreachable, String(cString: strerror(ETIMEDOUT))) }
        if libpq.consumeInput(connection) == 0 { throw lost() }
    }

    private func lost() -> HubError {
        HubError(.unreachable, libpq.errorMessage(connection).map { String(cString: $0).trimmed } ?? "")
    }

    // MARK: Notifications

    /// Waits for a notification, for one of other files to become readable, or so many seconds.
    ///
    /// - Throws: ``HubError`` `unreachable` if the connection ended meanwhile.
    func wait(seconds: Double, orFor files: [Int32]) throws {
        if takeNotifications() { return }
        var waits = ([file] + files).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        let ready = Glibc.poll(&waits, nfds_t(waits.count), Int32(seconds * 1000))
        guard ready > 0, waits[0].revents != 0 else { return }
        if libpq.consumeInput(connection) == 0 { throw lost() }
        _ = takeNotifications()
    }

    private func takeNotifications() -> Bool {
        var isThere = false
        while let notification = libpq.notifies(connection) {
            isThere = true
            libpq.freeMemory(notification)
        }
        return isThere
    }
}

extension HubError {
    /// By libpq's words for a connection that did not come about. Of the server's refusal they have the SQLSTATE, as
    /// `FATAL:  28P01: …`; what libpq finds itself, such as a wrong certificate, has none.
    init(refusal message: String) {
        if let found = message.firstMatch(of: /: {2}([0-9A-Z]{5}): ([^\n]*)/) {
            self.init(state: String(found.output.1), message: String(found.output.2))
            return
        }
        let words = ["certificate", "证书", "does not support SSL", "不支持 SSL", "不支持SSL"]
        self.init(words.contains { message.contains($0) } ? .certificate : .unreachable, message.trimmed)
    }
}
