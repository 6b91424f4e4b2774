import Glibc

extension Disk {
    /// Up to `count` bytes of an open file; fewer at its end.
    func bytes(of file: Int32, from offset: Int, count: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = try fill(UnsafeMutableRawBufferPointer(buffer), from: file, at: offset)
        }
    }

    /// Reads until the buffer is full or the file ends, and returns the count. A short read is continued.
    func fill(_ buffer: UnsafeMutableRawBufferPointer, from file: Int32, at offset: Int) throws -> Int {
        var done = 0
        while done < buffer.count {
            let more = try read(file, into: .init(rebasing: buffer[done...]), at: offset + done)
            if more == 0 { break }
            done += more
        }
        return done
    }

    /// The first `count` bytes of a file; `nil` if it does not exist.
    public func start(of path: String, count: Int) throws -> [UInt8]? {
        guard let file = try openIfThere(path) else { return nil }
        defer { close(file) }
        return try bytes(of: file, from: 0, count: count)
    }

    /// The bytes of a file; `nil` if it does not exist. Throws ``DiskFailure`` `EFBIG` for one of more than `most` bytes,
    /// which would need as much memory.
    public func contents(of path: String, most: Int = 1 << 28) throws -> [UInt8]? {
        guard let file = try openIfThere(path) else { return nil }
        defer { close(file) }
        let size = try size(of: file)
        if size > most { throw DiskFailure(call: "read", path: path, number: EFBIG) }
        return try bytes(of: file, from: 0, count: size)
    }

    /// Opens a file for reading; `nil` if it does not exist.
    func openIfThere(_ path: String) throws -> Int32? {
        do {
            return try open(path, flags: O_RDONLY, mode: 0)
        } catch let failure as DiskFailure where [ENOENT, ENOTDIR].contains(failure.number) {
            return nil
        }
    }

    /// Takes an exclusive `flock`, and tries again until a deadline; `false` if another open file has it still.
    ///
    /// `flock` itself can only wait for ever. The pauses are short, so that of several processes that always want the
    /// lock each gets its turn.
    func lock(_ file: Int32, until deadline: ContinuousClock.Instant) throws -> Bool {
        var pause: UInt32 = 100
        while !(try tryLock(file)) {
            if ContinuousClock.now >= deadline { return false }
            usleep(.random(in: pause / 2...pause))
            pause = min(2 * pause, 2_000)
        }
        return true
    }

    /// Creates or replaces a file atomically and durably (J8): after a crash there is the old file or the complete new
    /// one. Only under the journal's lock: the temporary file's name is the same for all.
    public func replace(_ name: String, in folder: String, by write: (Int32) throws -> Void) throws {
        try prepare(name, in: folder, by: write)
        try putInPlace(name, in: folder)
    }

    /// The same for a file of one line.
    func replace(_ name: String, in folder: String, line: String) throws {
        try replace(name, in: folder) { file in
            try Array("\(line)\n".utf8).withUnsafeBytes { try write($0, to: file, at: 0) }
        }
    }

    /// Creates or replaces a file atomically; several processes may do so at once. A power cut may leave the old file,
    /// and after a failure no temporary file is left.
    public func replace(_ name: String, in folder: String, text: some Sequence<UInt8>) throws {
        // Others may write to the folder of a report: nobody can tell the name before.
        let new = ".\(name.prefix(60)).\(String(UInt32.random(in: 0...UInt32.max), radix: 36)).\(getpid())"
        let path = "\(folder)/\(new)"
        let file = try create(path)
        do {
            defer { close(file) }
            try Array(text).withUnsafeBytes { try self.write($0, to: file, at: 0) }
            try synchronise(file)
        } catch {
            try? remove(path)
            throw error
        }
        do { try rename(path, to: "\(folder)/\(name)") } catch {
            try? remove(path)
            throw error
        }
    }

    /// Opens a new file for writing, of this account and with mode 0600. Throws ``DiskFailure`` `EEXIST` if there is
    /// anything of the name, a link included: what another has put there is neither written to nor followed.
    func create(_ path: String) throws -> Int32 {
        try open(path, flags: O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
    }

    /// Writes and syncs the new file under a temporary name. What a program that was ended has left of it is removed.
    func prepare(_ name: String, in folder: String, by write: (Int32) throws -> Void) throws {
        let path = "\(folder)/\(name).new"
        try remove(path)
        let file = try create(path)
        defer { close(file) }
        try write(file)
        try synchronise(file)
    }

    /// Removes the temporary files that programs have left in a folder when they ended before the rename. Only under the
    /// lock, where no other process has one of a plain name.
    func removeLeftovers(in folder: String) throws {
        for name in try names(in: folder) where name.hasSuffix(".new") || isOfEndedProcess(name) {
            try remove("\(folder)/\(name)")
        }
    }

    /// Whether the name is `.NAME.PID`, and no process has that number.
    private func isOfEndedProcess(_ name: String) -> Bool {
        guard name.hasPrefix("."), let dot = name.lastIndex(of: "."), dot > name.startIndex,
            let process = pid_t(name[name.index(after: dot)...]), process > 0
        else { return false }
        return kill(process, 0) != 0 && errno == ESRCH
    }

    /// Renames a prepared file, and syncs the folder.
    func putInPlace(_ name: String, in folder: String) throws {
        try rename("\(folder)/\(name).new", to: "\(folder)/\(name)")
        try synchroniseFolder(folder)
    }

    /// Copies a range of one open file into another, starting at `place`.
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
