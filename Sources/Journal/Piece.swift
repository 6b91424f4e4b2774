import Dispatch
import Synchronization

/// A stretch of a segment, read, and each line in it proved.
///
/// Unchecked, since nothing of it changes once it is made: it may be made in one thread and used in another.
final class Piece: @unchecked Sendable {
    struct Entry {
        /// Without the newline.
        let bytes: UnsafeRawBufferPointer
        /// `nil` when it does not prove itself.
        let line: Line?
        /// In bytes from the piece's start.
        let place: Int
    }

    /// As much as the processor's nearer caches hold: what was read is still there when it is hashed.
    static let usualSize = 1 << 20

    private let buffer: UnsafeMutableRawBufferPointer
    /// Bytes read.
    let count: Int
    /// Bytes of whole lines.
    let whole: Int
    let entries: [Entry]

    var isFull: Bool { count == buffer.count }
    /// What stands behind the last newline.
    var rest: [UInt8] { Array(buffer[whole..<count]) }

    init(of file: Int32, from offset: Int, size: Int, on disk: any Disk) throws {
        buffer = .allocate(byteCount: size, alignment: 16)
        do {
            count = try disk.fill(buffer, from: file, at: offset)
        } catch {
            buffer.deallocate()
            throw error
        }
        var entries: [Entry] = []
        whole = UnsafeRawBufferPointer(rebasing: buffer[..<count]).eachLine { line, place in
            entries.append(Entry(bytes: line, line: Line(proving: line), place: place))
        }
        self.entries = entries
    }

    deinit { buffer.deallocate() }
}

/// A piece that another thread makes while the lines of the one before it are taken in: proving a line needs no neighbour.
struct ComingPiece {
    private final class Parcel: Sendable {
        let content = Mutex<Result<Piece, any Error>?>(nil)
        let arrived = DispatchSemaphore(value: 0)
    }

    private let parcel = Parcel()

    init(of file: Int32, from offset: Int, size: Int, on disk: any Disk) {
        DispatchQueue.global().async { [parcel] in
            let piece = Result { try Piece(of: file, from: offset, size: size, on: disk) }
            parcel.content.withLock { $0 = piece }
            parcel.arrived.signal()
        }
    }

    /// Waits for it: its file must stay open until then.
    func piece() throws -> Piece? {
        parcel.arrived.wait()
        parcel.arrived.signal()
        return try parcel.content.withLock { try $0?.get() }
    }
}
