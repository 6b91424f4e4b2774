import Dispatch
import Synchronization

/// A part of a segment, read into memory, with the hash of each line checked.
///
/// `@unchecked Sendable`: immutable once made, so one thread may make it and another use it.
final class Chunk: @unchecked Sendable {
    struct Item {
        /// Without the newline.
        let bytes: UnsafeRawBufferPointer
        /// `nil` if the hash is wrong.
        let line: Line?
        /// In bytes from the chunk's start.
        let offset: Int
    }

    /// 1 MiB: still in the processor's cache when it is hashed after the read. No line is longer.
    static let usualSize = Line.longest

    private let buffer: UnsafeMutableRawBufferPointer
    /// Bytes read.
    let count: Int
    /// Bytes of complete lines.
    let lineBytes: Int
    let items: [Item]

    var isFull: Bool { count == buffer.count }
    /// The bytes after the last newline.
    var tail: [UInt8] { Array(buffer[lineBytes..<count]) }

    init(of file: Int32, from offset: Int, size: Int, on disk: any Disk) throws {
        buffer = .allocate(byteCount: size, alignment: 16)
        do {
            count = try disk.fill(buffer, from: file, at: offset)
        } catch {
            buffer.deallocate()
            throw error
        }
        var items: [Item] = []
        lineBytes = UnsafeRawBufferPointer(rebasing: buffer[..<count]).eachLine { bytes, offset in
            // An item is far larger than an empty line, which is nothing.
            if !bytes.isEmpty { items.append(Item(bytes: bytes, line: Line(proving: bytes), offset: offset)) }
        }
        self.items = items
    }

    /// One line without its newline.
    init(copying line: [UInt8]) {
        buffer = .allocate(byteCount: line.count, alignment: 16)
        buffer.copyBytes(from: line)
        (count, lineBytes) = (line.count, line.count)
        let bytes = UnsafeRawBufferPointer(buffer)
        items = [Item(bytes: bytes, line: Line(proving: bytes), offset: 0)]
    }

    deinit { buffer.deallocate() }
}

/// A chunk that another thread reads while the lines of the one before it are processed.
struct ChunkPrefetch {
    private final class Slot: Sendable {
        private let isTaken = Mutex(false)
        let result = Mutex<Result<Chunk, any Error>?>(nil)
        let isReady = DispatchSemaphore(value: 0)

        /// Whether the caller is the one who reads the chunk: the first that asks.
        func take() -> Bool {
            isTaken.withLock { isTaken in
                defer { isTaken = true }
                return !isTaken
            }
        }

        func read(_ body: () throws -> Chunk) {
            let chunk = Result { try body() }
            result.withLock { $0 = chunk }
            isReady.signal()
        }
    }

    private let slot = Slot()
    private let body: @Sendable () throws -> Chunk

    init(of file: Int32, from offset: Int, size: Int, on disk: any Disk) {
        body = { try Chunk(of: file, from: offset, size: size, on: disk) }
        DispatchQueue.global().async { [slot, body] in if slot.take() { slot.read(body) } }
    }

    /// Waits for the chunk; its file must stay open until then. Reads it itself if no thread has begun to: where a limit
    /// keeps the process from making threads, none ever does.
    func chunk() throws -> Chunk? {
        if slot.take() { slot.read(body) }
        slot.isReady.wait()
        slot.isReady.signal()
        return try slot.result.withLock { try $0?.get() }
    }
}
