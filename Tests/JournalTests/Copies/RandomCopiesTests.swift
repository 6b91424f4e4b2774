import Glibc
import Testing

@testable import Journal
@testable import TestDisks

/// Folders are written to, copied, moved, replaced, mirrored, adopted, backed up, restored, damaged and repaired at
/// random: each keeps what was acknowledged in it, and gets nothing that was not.
@Suite struct RandomCopiesTests {
    private static let rounds = isLong ? 10_000 : 2_000

    @Test(.hangLimit, arguments: Seed.current)
    func nothingIsLostAndNothingForeignTakenIn(seed: Seed) throws {
        var generator = seed.generator
        var done = 0
        while done < RandomCopiesTests.rounds {
            var world = try World(generator.next())
            for _ in 0..<50 {
                try world.step()
                done += 1
            }
            try world.checkAll()
        }
    }
}

/// Some data folders and mirrors on one disk, with what has to be in each.
private struct World {
    private let disk = MemoryDisk()
    private let clock = TestClock(november)
    private var random: SeededGenerator
    private var folders: [String: Set<Int>] = [:]
    private var backups: [String: Set<Int>] = [:]
    private var mirrors: Set<String> = []
    private var acknowledged: Set<Int> = []
    private var next = 1
    private var log: [String] = []

    init(_ seed: UInt64) throws {
        random = SeededGenerator(state: seed)
        try Journal.create(at: "/f0", node: "desk", disk: disk)
        folders["/f0"] = []
    }

    private func fail(_ text: String) { Issue.record("\(text) after \(log.joined(separator: ", "))") }

    private mutating func freshPath(_ prefix: String) -> String {
        next += 1
        return "/\(prefix)\(next)"
    }

    mutating func step() throws {
        let folder = random.pick(folders.keys.sorted())
        switch random.int(0..<16) {
        case 0 where folders.count < 5: try copy(folder, to: freshPath("f"))
        case 1:
            let other = random.pick(folders.keys.sorted())
            if other != folder { try copy(folder, to: other) }
        case 2: try move(folder)
        case 3 where folders.count > 1:
            log.append("delete \(folder)")
            try disk.delete(folder)
            folders[folder] = nil
        case 4, 5: try mirror(folder)
        case 6, 7: try adopt(folder)
        case 8: try backUp(folder)
        case 9 where !backups.isEmpty && folders.count < 5:
            let source = random.pick(backups.keys.sorted())
            try restore(source, expected: backups[source])
        case 10 where !mirrors.isEmpty && folders.count < 5: try restore(random.pick(mirrors.sorted()), expected: nil)
        case 11: try damageAndRepair(folder)
        default: try write(folder)
        }
    }

    private func journal(_ folder: String) throws -> Journal { try Journal(at: folder, clock: clock.clock, disk: disk) }

    private mutating func write(_ folder: String) throws {
        log.append("write \(folder)")
        next += 1
        if next.isMultiple(of: 40) { clock.set(december) }
        let journal = try journal(folder)
        try journal.record(next, next + 1_000_000)
        acknowledged.formUnion([next, next + 1_000_000])
        folders[folder]?.formUnion([next, next + 1_000_000])
        try check(folder)
        guard journal.mirrorFailure == nil, let mirror = try Journal.mirrorFolder(of: folder, disk: disk) else {
            return
        }
        for (path, bytes) in disk.files where path.hasPrefix("\(folder)/journal/\(journal.node)/") {
            let name = path.split(separator: "/").last.map(String.init) ?? ""
            if LogReader.isSegment(name), disk.files["\(mirror)/\(journal.node)/\(name)"] != bytes {
                fail("\(mirror) lacks lines")
            }
        }
    }

    private mutating func copy(_ folder: String, to other: String) throws {
        log.append("copy \(folder) to \(other)")
        try disk.delete(other)
        next += 1
        try disk.duplicate(folder, to: other, inode: UInt64(next))
        folders[other] = folders[folder]
    }

    private mutating func move(_ folder: String) throws {
        let path = freshPath("f")
        log.append("move \(folder) to \(path)")
        try disk.rename(folder, to: path)
        (folders[path], folders[folder]) = (folders[folder], nil)
    }

    private mutating func mirror(_ folder: String) throws {
        let mirror = mirrors.count < 3 ? freshPath("m") : random.pick(mirrors.sorted())
        log.append("mirror \(folder) in \(mirror)")
        do {
            try Journal.setMirror(of: folder, to: mirror, disk: disk)
            mirrors.insert(mirror)
        } catch is MirrorError { log.append("refused") }
        try check(folder)
    }

    private mutating func adopt(_ folder: String) throws {
        let mirror = random.bool() || mirrors.isEmpty ? nil : random.pick(mirrors.sorted())
        log.append("adopt \(folder) \(mirror ?? "")")
        let before = folders[folder] ?? []
        do {
            let adoption = try Journal.adopt(folder, mirror: mirror, disk: disk)
            let now = Set(try journal(folder).numbers())
            let restored = adoption.missing[adoption.node]?.count ?? 0
            // What its own former self recorded.
            if !now.isSuperset(of: before) || now.count != before.count + restored { fail("adopted \(now)") }
            if !now.isSubset(of: acknowledged) { fail("adopted \(now.subtracting(acknowledged))") }
            folders[folder] = now
        } catch is MirrorError { log.append("refused") }
        try check(folder)
    }

    private mutating func backUp(_ folder: String) throws {
        let path = freshPath("b")
        log.append("back up \(folder) to \(path)")
        _ = try Backup(of: folder, to: path, disk: disk)
        backups[path] = folders[folder]
    }

    private mutating func restore(_ source: String, expected: Set<Int>?) throws {
        let path = freshPath("f")
        log.append("restore \(source) to \(path)")
        do { _ = try Restore(from: source, to: path, disk: disk) } catch CopyError.nothing {
            if expected.map({ !$0.isEmpty }) ?? false { fail("nothing in \(source)") }
            return
        }
        folders[path] = try expected ?? Set(journal(path).numbers())
        if folders[path]?.isSubset(of: acknowledged) == false { fail("foreign lines in \(source)") }
        try check(path)
    }

    private mutating func damageAndRepair(_ folder: String) throws {
        let node = try journal(folder).node
        let segments = disk.files.keys.filter { path in
            path.hasPrefix("\(folder)/journal/\(node)/")
                && LogReader.isSegment(path.split(separator: "/").last.map(String.init) ?? "")
        }
        guard let path = segments.sorted().last, let bytes = disk.files[path], !bytes.isEmpty else { return }
        log.append("damage and repair \(folder)")
        let others = disk.files.filter { $0.key.hasPrefix("/m") }
        var damaged = bytes
        damaged[random.int(0..<bytes.count)] ^= 1
        try disk.put(damaged, at: path)
        _ = try Journal.repair(folder: folder, disk: disk)
        // Without a mirror of its own there is nothing to repair it from.
        if disk.files[path] != bytes {
            if try !journal(folder).isCopy, disk.files[path] != damaged { fail("a wrong repair") }
            try disk.put(bytes, at: path)
        }
        let changed = disk.files.filter { $0.key.hasPrefix("/m") && others[$0.key] != $0.value }
        for path in changed.keys where !path.contains(".damaged") {
            fail("\(path) was changed by a repair of \(folder)")
        }
        try check(folder)
    }

    private func check(_ folder: String) throws {
        let numbers = try journal(folder).numbers()
        if Set(numbers) != folders[folder] || numbers.count != folders[folder]?.count {
            fail("\(folder) has \(numbers.sorted()), not \(folders[folder]?.sorted() ?? [])")
        }
        let found = try Verification(of: folder, disk: disk)
        if !found.damages.allSatisfy({ $0.copy == .mirror }) { fail("\(folder): \(found.damages)") }
        if !found.damages.isEmpty, found.mirrorFailure?.isOfForeignMirror != true {
            fail("\(folder): \(found.damages)")
        }
    }

    func checkAll() throws { for folder in folders.keys { try check(folder) } }
}

extension MemoryDisk {
    fileprivate func delete(_ folder: String) throws {
        for path in files.keys where path.hasPrefix(folder + "/") { try remove(path) }
    }

    /// Copies a folder, as `cp -r` does.
    fileprivate func duplicate(_ folder: String, to other: String, inode: UInt64) throws {
        for (path, bytes) in files where path.hasPrefix(folder + "/") {
            try put(bytes, at: other + path.dropFirst(folder.count))
        }
        state.withLock { $0.folders[other] = inode }
    }

    fileprivate func put(_ bytes: [UInt8], at path: String) throws {
        let file = try open(path, flags: O_WRONLY | O_CREAT | O_TRUNC, mode: 0o600)
        defer { close(file) }
        try bytes.withUnsafeBytes { try write($0, to: file, at: 0) }
    }
}
