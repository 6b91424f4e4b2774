import Glibc

/// The functions of libpq (PostgreSQL's client library) that are used here, found at run time: only who has a hub needs it.
///
/// libpq is thread-safe for connections that each belong to one thread. `@unchecked Sendable`: constants.
struct LibPQ: @unchecked Sendable {
    /// `PGconn *` and `PGresult *`.
    typealias Connection = OpaquePointer
    typealias Result = OpaquePointer
    typealias Text = UnsafePointer<CChar>?

    let startConnect: @convention(c) (UnsafePointer<Text>?, UnsafePointer<Text>?, Int32) -> Connection?
    let pollConnect: @convention(c) (Connection) -> Int32
    let setErrorVerbosity: @convention(c) (Connection, Int32) -> Int32
    let finish: @convention(c) (Connection) -> Void
    let status: @convention(c) (Connection) -> Int32
    let errorMessage: @convention(c) (Connection) -> Text
    let socket: @convention(c) (Connection) -> Int32
    let setNonblocking: @convention(c) (Connection, Int32) -> Int32
    let enterPipeline: @convention(c) (Connection) -> Int32
    let exitPipeline: @convention(c) (Connection) -> Int32
    let sendQuery:
        @convention(c) (
            Connection, Text, Int32, UnsafePointer<UInt32>?, UnsafePointer<UnsafePointer<CChar>?>?,
            UnsafePointer<Int32>?, UnsafePointer<Int32>?, Int32
        ) -> Int32
    let putCopyData: @convention(c) (Connection, UnsafeRawPointer?, Int32) -> Int32
    let putCopyEnd: @convention(c) (Connection, Text) -> Int32
    let pipelineSync: @convention(c) (Connection) -> Int32
    let flush: @convention(c) (Connection) -> Int32
    let consumeInput: @convention(c) (Connection) -> Int32
    let isBusy: @convention(c) (Connection) -> Int32
    let getResult: @convention(c) (Connection) -> Result?
    let notifies: @convention(c) (Connection) -> UnsafeMutableRawPointer?
    let resultStatus: @convention(c) (Result) -> Int32
    let resultField: @convention(c) (Result, Int32) -> Text
    let rowCount: @convention(c) (Result) -> Int32
    let columnCount: @convention(c) (Result) -> Int32
    let value: @convention(c) (Result, Int32, Int32) -> UnsafePointer<UInt8>?
    let length: @convention(c) (Result, Int32, Int32) -> Int32
    let isNull: @convention(c) (Result, Int32, Int32) -> Int32
    let clear: @convention(c) (Result) -> Void
    let freeMemory: @convention(c) (UnsafeMutableRawPointer) -> Void
    let parse: @convention(c) (Text, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> UnsafeMutableRawPointer?
    let freeOptions: @convention(c) (UnsafeMutableRawPointer) -> Void

    // The values of libpq-fe.h.
    static let connectionBad: Int32 = 1
    static let (pollingFailed, pollingReading, pollingWriting, pollingOK): (Int32, Int32, Int32, Int32) = (0, 1, 2, 3)
    static let verbose: Int32 = 2
    static let commandOK: Int32 = 1
    static let tuplesOK: Int32 = 2
    static let copyIn: Int32 = 4
    static let pipelineSynced: Int32 = 10
    static let pipelineAborted: Int32 = 11
    /// PG_DIAG_SQLSTATE and PG_DIAG_MESSAGE_PRIMARY.
    static let sqlState = Int32(UInt8(ascii: "C"))
    static let primaryMessage = Int32(UInt8(ascii: "M"))

    private static let names = ["libpq.so.5", "libpq.so"]

    /// `nil` where there is no libpq, or one from before pipelines (14).
    static let shared: LibPQ? = names.lazy.compactMap { dlopen($0, RTLD_NOW | RTLD_LOCAL) }.first.flatMap { LibPQ($0) }

    private struct Missing: Error {}

    private init?(_ library: UnsafeMutableRawPointer) {
        /// The function of a name; its type is that of the property.
        func find<Function>(_ name: String) throws -> Function {
            guard let symbol = dlsym(library, name) else { throw Missing() }
            return unsafeBitCast(symbol, to: Function.self)
        }
        do {
            startConnect = try find("PQconnectStartParams")
            pollConnect = try find("PQconnectPoll")
            setErrorVerbosity = try find("PQsetErrorVerbosity")
            finish = try find("PQfinish")
            status = try find("PQstatus")
            errorMessage = try find("PQerrorMessage")
            socket = try find("PQsocket")
            setNonblocking = try find("PQsetnonblocking")
            enterPipeline = try find("PQenterPipelineMode")
            exitPipeline = try find("PQexitPipelineMode")
            sendQuery = try find("PQsendQueryParams")
            putCopyData = try find("PQputCopyData")
            putCopyEnd = try find("PQputCopyEnd")
            pipelineSync = try find("PQpipelineSync")
            flush = try find("PQflush")
            consumeInput = try find("PQconsumeInput")
            isBusy = try find("PQisBusy")
            getResult = try find("PQgetResult")
            notifies = try find("PQnotifies")
            resultStatus = try find("PQresultStatus")
            resultField = try find("PQresultErrorField")
            rowCount = try find("PQntuples")
            columnCount = try find("PQnfields")
            value = try find("PQgetvalue")
            length = try find("PQgetlength")
            isNull = try find("PQgetisnull")
            clear = try find("PQclear")
            freeMemory = try find("PQfreemem")
            parse = try find("PQconninfoParse")
            freeOptions = try find("PQconninfoFree")
        } catch {
            return nil
        }
    }
}
