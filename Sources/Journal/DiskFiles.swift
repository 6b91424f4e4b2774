import Glibc

extension Disk {
    /// Some bytes of an open file; fewer where it ends.
    func bytes(of file: Int32, from offset: Int, count: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { buffer, done in
            done = try fill(UnsafeMutableRawBufferPointer(buffer), from: file, at: offset)
        }
    }

    /// Reads until a buffer is full or the file ends; returns how many bytes there are.
    ///
    /// A read may stop early without having failed: what keeps it from going on, if anything does, the next one tells.
    func fill(_ buffer: UnsafeMutableRawBufferPointer, from file: Int32, at offset: Int) throws -> Int {
        var done = 0
        while done < buffer.count {
            let more = try read(file, into: .init(rebasing: buffer[done...]), at: offset + done)
            if more == 0 { break }
            done += more
        }
        return done
    }

    /// A file's beginning; `nil` when there is no such file.
    public func start(of path: String, count: Int) throws -> [UInt8]? {
        guard let file = try openIfThere(path) else { return nil }
        defer { close(file) }
        return try bytes(of: file, from: 0, count: count)
    }

    /// All of a file; `nil` when there is no such file.
    public func contents(of path: String) throws -> [UInt8]? {
        guard let file = try openIfThere(path) else { return nil }
        defer { close(file) }
        return try bytes(of: file, from: 0, count: try size(of: file))
    }

    /// Opens a file for reading; `nil` when there is none.
    func openIfThere(_ path: String) throws -> Int32? {
        do {
            return try open(path, flags: O_RDONLY, mode: 0)
        } catch let failure as DiskFailure where [ENOENT, ENOTDIR].contains(failure.number) {
            return nil
        }
    }

    /// Puts a file in the place of another, or of none, so that there is the old one or the whole new one whatever happens:
    /// it is on the disk before it gets the name, and the name is before this returns.
    public func replace(_ name: String, in folder: String, by write: (Int32) throws -> Void) throws {
        try prepare(name, in: folder, by: write)
        try putInPlace(name, in: folder)
    }

    /// The same for a file that several processes may replace at once, in a folder that may be anybody's: the new file has a
    /// name that no other process gives, and goes again where it cannot be written. Which of the two a power cut leaves is no
    /// matter.
    public func replace(_ name: String, in folder: String, text: some Sequence<UInt8>) throws {
        let new = ".\(name.prefix(60)).\(getpid())"
        do {
            try prepare(name, as: new, in: folder) { file in
                try Array(text).withUnsafeBytes { try self.write($0, to: file, at: 0) }
            }
            try rename("\(folder)/\(new)", to: "\(folder)/\(name)")
        } catch {
            try? remove("\(folder)/\(new)")
            throw error
        }
    }

    /// The first half of that: the new file is on the disk, under another name.
    func prepare(_ name: String, as new: String? = nil, in folder: String, by write: (Int32) throws -> Void) throws {
        let path = "\(folder)/\(new ?? "\(name).new")"
        let file = try open(path, flags: O_WRONLY | O_CREAT | O_TRUNC, mode: 0o600)
        defer { close(file) }
        try write(file)
        try synchronise(file)
    }

    /// The second half.
    func putInPlace(_ name: String, in folder: String) throws {
        try rename("\(folder)/\(name).new", to: "\(folder)/\(name)")
        try synchroniseFolder(folder)
    }

    /// Copies some bytes of one open file into another, where they come to stand at `place`.
    func copy(_ range: Range<Int>, of source: Int32, to file: Int32, at place: Int) throws {
        var done = 0
        while done < range.count {
            let part = try bytes(of: source, from: range.lowerBound + done, count: min(range.count - done, 1 << 20))
            if part.isEmpty { throw DiskFailure(call: "read", path: "\(source)", number: ESTALE) }
            try part.withUnsafeBytes { try write($0, to: file, at: place + done) }
            done += part.count
        }
    }
}
