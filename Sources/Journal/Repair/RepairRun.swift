import Glibc

/// Executes a repair, under the lock (J9) only where it changes something.
///
/// 1. Scan both copies and plan both results, while others write.
/// 2. Under the lock: if anything was appended or replaced meanwhile, go back to 1, which then reads only that.
/// 3. Write and sync all new segments under temporary names, and append to a mirror that is only behind. A failure up
///    to here has changed no existing byte.
/// 4. For each changed segment: keep the old file as `….damaged-N`, then rename the new one (J8).
/// 5. Repeat until nothing changes, at most four times: restored lines can make a torn tail fit its record.
struct RepairRun {
    let node: String
    let disk: any Disk
    private let folder: String
    private let holdsLock: Bool
    /// The node's folder in each copy.
    let folders: [Damage.Copy: String]
    /// The number in HEAD.
    let head: Int
    /// What was read of each copy.
    private var scans: [Damage.Copy: GrowingScan] = [:]
    /// The segments that lines are copied from. They stay open while other files get their names.
    private var sources: [String: Int32] = [:]

    /// `holdsLock`: whether the caller has the folder's lock.
    init(folder: String, node: String, holdsLock: Bool = false, disk: any Disk) throws {
        (self.node, self.disk, self.folder, self.holdsLock) = (node, disk, folder, holdsLock)
        var folders = [Damage.Copy.primary: "\(folder)/journal/\(node)"]
        if let mirror = try Journal.mirrorFolder(of: folder, disk: disk) {
            // Throws if the mirror's disk is not mounted; without this it would look like an empty mirror.
            try disk.synchroniseFolder("\(mirror)/\(node)")
            do {
                try Journal.requireOwner(ofMirror: "\(mirror)/\(node)", folder: folder, disk: disk)
                folders[.mirror] = "\(mirror)/\(node)"
            } catch let failure as DiskFailure where failure.isOfForeignMirror {
                // Nothing is taken from another folder's mirror, and nothing is written into it.
            }
        }
        self.folders = folders
        scans = folders.mapValues { GrowingScan($0, node: node, disk: disk) }
        head =
            try disk.openIfThere("\(folder)/journal/\(node)/HEAD").map { file in
                defer { disk.close(file) }
                return try Head(reading: file, from: disk).sequence
            } ?? 0
    }

    mutating func close() {
        closeSources()
        for copy in scans.keys { scans[copy]?.close() }
    }

    private mutating func closeSources() {
        for file in sources.values { disk.close(file) }
        sources = [:]
    }

    mutating func run() throws -> [Repair] {
        try removeUnfinished()
        var repairs: [Repair] = []
        for _ in 0..<4 {
            let (rewrites, conflicts) = try runOnce()
            repairs += rewrites.flatMap(\.repairs)
            if rewrites.isEmpty { return repairs + conflicts }
        }
        return repairs + (try plan().conflicts)
    }

    /// Removes what a repair that was killed had written and not put in place: its lines stand in the segments.
    private mutating func removeUnfinished() throws {
        let isClean = try folders.values.allSatisfy { folder in
            try !disk.names(in: folder).contains { $0.hasSuffix(".new") }
        }
        if isClean { return }
        try whileLocked { run in
            for folder in run.folders.values { try run.disk.removeLeftovers(in: folder) }
        }
    }

    /// Plans and carries out the changes.
    private mutating func runOnce() throws -> Plan {
        // Where others never stop writing, the last attempt keeps the lock from the beginning.
        for _ in 0..<3 {
            let plan = try plan()
            if plan.rewrites.isEmpty { return plan }
            let isDone = try whileLocked { run in
                for scan in run.scans.values where try !scan.isCurrent() { return false }
                try run.carryOut(plan.rewrites)
                return true
            }
            if isDone { return plan }
        }
        return try whileLocked { run in
            let plan = try run.plan()
            try run.carryOut(plan.rewrites)
            return plan
        }
    }

    /// Runs `body` while no process writes to either copy.
    private mutating func whileLocked<Result>(_ body: (inout RepairRun) throws -> Result) throws -> Result {
        if holdsLock { return try whileMirrorLocked(body) }
        return try Journal.locked(folder, disk: disk) { _ in try whileMirrorLocked(body) }
    }

    private mutating func whileMirrorLocked<Result>(_ body: (inout RepairRun) throws -> Result) throws -> Result {
        // J11
        try Journal.settle(folder, node: node, disk: disk)
        guard let mirror = folders[.mirror] else { return try body(&self) }
        let file = try Mirror.lock(mirror, nil, disk: disk)
        // Closing releases the lock.
        defer { disk.close(file) }
        // Another folder may have taken the mirror over.
        try Journal.requireOwner(ofMirror: mirror, folder: folder, disk: disk)
        return try body(&self)
    }

    private mutating func carryOut(_ rewrites: [SegmentRewrite]) throws {
        defer { closeSources() }
        for rewrite in rewrites { try prepare(rewrite) }
        for rewrite in rewrites where !rewrite.isAppend { try replace(rewrite) }
    }

    private typealias Plan = (rewrites: [SegmentRewrite], conflicts: [Repair])

    private mutating func plan() throws -> Plan {
        for copy in scans.keys { try scans[copy]?.look() }
        func index(_ copy: Damage.Copy) -> LineIndex { LineIndex(copy, scans[copy]?.scan ?? LogScan()) }
        let (primary, mirror) = (index(.primary), index(.mirror))
        let plan = RepairPlan(primary, from: mirror, head: head)
        var rewrites = rewrites(plan, primary.scan, .primary)
        var conflicts = plan.conflicts
        if folders[.mirror] != nil {
            let mirrored = RepairPlan(mirror, from: primary, head: head, end: plan.end)
            rewrites += self.rewrites(mirrored, mirror.scan, .mirror)
            conflicts.formUnion(mirrored.conflicts)
        }
        let undecided = conflicts.sorted().consecutive.map { sequences in
            let first = sequences.lowerBound
            let index = primary[first] == nil ? mirror : primary
            return Repair(
                node: node, segment: index[first]?.segment ?? "", sequences: sequences, copy: index.copy,
                outcome: .conflict)
        }
        return (rewrites, undecided)
    }

    // MARK: Planning the files

    /// A byte range of a segment of one copy.
    private struct Extent {
        let copy: Damage.Copy
        let segment: String
        var range: Range<Int>
        var addsNewline: Bool
    }

    /// The new content of a segment.
    private struct SegmentRewrite {
        let copy: Damage.Copy
        let segment: String
        /// The size of the old file; 0 if there is none.
        let size: Int
        /// Whether there is no old file.
        let isNew: Bool
        let extents: [Extent]
        let repairs: [Repair]

        /// Whether the old content is a prefix of the new.
        var keepsAll: Bool {
            if size == 0 { return true }
            guard let first = extents.first else { return false }
            return first.copy == copy && first.segment == segment && first.range == 0..<size
        }
        var isUnchanged: Bool {
            keepsAll && !isNew && extents.count <= (size == 0 ? 0 : 1) && !(extents.first?.addsNewline ?? false)
        }
        /// Whether the mirror is only behind, so that lines are appended.
        var isAppend: Bool { copy == .mirror && keepsAll }
    }

    private func rewrites(_ plan: RepairPlan, _ scan: LogScan, _ copy: Damage.Copy) -> [SegmentRewrite] {
        let sizes = Dictionary(uniqueKeysWithValues: scan.segments.map { ($0.name, $0.size) })
        let placements = Dictionary(grouping: plan.placements, by: \.segment)
        return Set(sizes.keys).union(placements.keys).sorted().compactMap { segment in
            let placements = placements[segment] ?? []
            let repaired = placements.filter(\.isRepaired).map(\.sequence).consecutive.map(Optional.some)
            let rewrite = SegmentRewrite(
                copy: copy, segment: segment, size: sizes[segment] ?? 0, isNew: sizes[segment] == nil,
                extents: extents(placements),
                repairs: (repaired.isEmpty ? [nil] : repaired).map {
                    Repair(node: node, segment: segment, sequences: $0, copy: copy)
                })
            return rewrite.isUnchanged ? nil : rewrite
        }
    }

    /// Joins placements that follow one another in the same file.
    private func extents(_ placements: [RepairPlan.Placement]) -> [Extent] {
        var extents: [Extent] = []
        for (index, placement) in placements.enumerated() {
            let line = placement.rawLine
            let addsNewline = !line.hasNewline && index < placements.count - 1
            if let last = extents.last, last.copy == placement.copy, last.segment == line.segment, !last.addsNewline,
                last.range.upperBound == line.offset
            {
                extents[extents.count - 1].range = last.range.lowerBound..<line.end
                extents[extents.count - 1].addsNewline = addsNewline
            } else {
                extents.append(
                    Extent(
                        copy: placement.copy, segment: line.segment, range: line.offset..<line.end,
                        addsNewline: addsNewline))
            }
        }
        return extents
    }

    // MARK: Writing the files

    private func folder(_ copy: Damage.Copy) -> String { folders[copy] ?? "" }

    private func path(_ extent: Extent) -> String { "\(folder(extent.copy))/\(extent.segment)" }

    private mutating func openSource(of extent: Extent) throws {
        let path = path(extent)
        if sources[path] != nil { return }
        let file = try disk.open(path, flags: O_RDONLY, mode: 0)
        sources[path] = file
        // J7: only durable bytes are copied.
        try disk.synchronise(file)
    }

    private mutating func prepare(_ rewrite: SegmentRewrite) throws {
        for extent in rewrite.extents { try openSource(of: extent) }
        try write(rewrite)
    }

    private func write(_ rewrite: SegmentRewrite) throws {
        func write(_ extents: some Sequence<Extent>, to file: Int32, at start: Int) throws {
            var place = start
            for extent in extents {
                guard let source = sources[path(extent)] else { continue }
                try disk.copy(extent.range, of: source, to: file, at: place)
                place += extent.range.count
                if extent.addsNewline {
                    try [UInt8(ascii: "\n")].withUnsafeBytes { try disk.write($0, to: file, at: place) }
                    place += 1
                }
            }
        }
        let folder = folder(rewrite.copy)
        guard rewrite.isAppend else {
            return try disk.prepare(rewrite.segment, in: folder) { try write(rewrite.extents, to: $0, at: 0) }
        }
        let file = try disk.open("\(folder)/\(rewrite.segment)", flags: O_RDWR | O_CREAT, mode: 0o600)
        defer { disk.close(file) }
        try write(rewrite.extents.dropFirst(rewrite.size == 0 ? 0 : 1), to: file, at: rewrite.size)
        try disk.synchronise(file)
        try disk.synchroniseFolder(folder)
    }

    private func replace(_ rewrite: SegmentRewrite) throws {
        let folder = folder(rewrite.copy)
        if !rewrite.isNew {
            let names = Set(try disk.names(in: folder))
            var number = 1
            while names.contains("\(rewrite.segment).damaged-\(number)") { number += 1 }
            let damaged = try disk.open("\(folder)/\(rewrite.segment)", flags: O_RDONLY, mode: 0)
            defer { disk.close(damaged) }
            let size = try disk.size(of: damaged)
            try disk.replace("\(rewrite.segment).damaged-\(number)", in: folder) {
                try disk.copy(0..<size, of: damaged, to: $0, at: 0)
            }
        }
        try disk.putInPlace(rewrite.segment, in: folder)
    }
}

extension Sequence<Int> {
    /// The ranges of consecutive numbers in a sorted sequence.
    var consecutive: [ClosedRange<Int>] {
        reduce(into: []) { runs, number in
            if let last = runs.last, number == last.upperBound + 1 {
                runs[runs.count - 1] = last.lowerBound...number
            } else {
                runs.append(number...number)
            }
        }
    }
}
