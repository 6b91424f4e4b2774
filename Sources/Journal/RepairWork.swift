import Glibc

/// One repair, under the lock.
struct RepairWork {
    let node: String
    let disk: any Disk
    let folders: [Damage.Copy: String]
    let head: Int
    /// The files that lines are taken from. They stay open while others get their names.
    private var sources: [String: Int32] = [:]

    init(folder: String, node: String, disk: any Disk) throws {
        (self.node, self.disk) = (node, disk)
        var folders = [Damage.Copy.primary: "\(folder)/journal/\(node)"]
        if let mirror = try Journal.mirrorFolder(of: folder, disk: disk) {
            folders[.mirror] = "\(mirror)/\(node)"
            // Fails where the mirror's disk is not there: better than to take it for an empty one.
            try disk.synchroniseFolder("\(mirror)/\(node)")
        }
        self.folders = folders
        head =
            try disk.openIfThere("\(folder)/journal/\(node)/HEAD").map { file in
                defer { disk.close(file) }
                return try Head(reading: file, from: disk).sequence
            } ?? 0
    }

    mutating func close() {
        for file in sources.values { disk.close(file) }
        sources = [:]
    }

    mutating func run() throws -> [Repair] {
        var repairs: [Repair] = []
        // What has been put back may show more: a torn tail fits its record once all before it is where it was.
        for _ in 0..<4 {
            defer { close() }
            let round = try plan()
            // All that is new is on the disk before the first file is replaced; what fails until then has changed nothing.
            for draft in round.drafts { try prepare(draft) }
            for draft in round.drafts where !draft.isAppended { try replace(draft) }
            repairs += round.drafts.flatMap(\.repairs)
            if round.drafts.isEmpty { return repairs + round.conflicts }
        }
        return repairs + (try plan().conflicts)
    }

    private func plan() throws -> (drafts: [Draft], conflicts: [Repair]) {
        func holding(_ copy: Damage.Copy) throws -> Holding {
            Holding(copy, try folders[copy].map { try Survey($0, node: node, disk: disk) } ?? Survey())
        }
        let (primary, mirror) = (try holding(.primary), try holding(.mirror))
        let plan = Mending(primary, from: mirror, head: head)
        var drafts = drafts(plan, primary.survey, .primary)
        var conflicts = plan.conflicts
        if folders[.mirror] != nil {
            let mirrored = Mending(mirror, from: primary, head: head, end: plan.end)
            drafts += self.drafts(mirrored, mirror.survey, .mirror)
            conflicts.formUnion(mirrored.conflicts)
        }
        let undecided = conflicts.sorted().consecutive.map { sequences in
            let holding = primary.pieces[sequences.lowerBound] == nil ? mirror : primary
            return Repair(
                node: node, segment: holding.piece(sequences.lowerBound)?.segment ?? "", sequences: sequences,
                copy: holding.copy, outcome: .conflict)
        }
        return (drafts, undecided)
    }

    // MARK: What is to be written

    /// A stretch of a segment of one copy.
    private struct Part {
        let copy: Damage.Copy
        let segment: String
        var range: Range<Int>
        var addsNewline: Bool
    }

    /// A segment as it is to be.
    private struct Draft {
        let copy: Damage.Copy
        let segment: String
        /// The size of what is there.
        let size: Int
        let isNew: Bool
        let parts: [Part]
        let repairs: [Repair]

        /// Whether all that is there stays, unmoved.
        var keepsAll: Bool {
            if size == 0 { return true }
            guard let first = parts.first else { return false }
            return first.copy == copy && first.segment == segment && first.range == 0..<size
        }
        var isUnchanged: Bool {
            keepsAll && !isNew && parts.count <= (size == 0 ? 0 : 1) && !(parts.first?.addsNewline ?? false)
        }
        /// The mirror may simply be behind.
        var isAppended: Bool { copy == .mirror && keepsAll }
    }

    private func drafts(_ plan: Mending, _ survey: Survey, _ copy: Damage.Copy) -> [Draft] {
        let sizes = Dictionary(uniqueKeysWithValues: survey.segments.map { ($0.name, $0.size) })
        let items = Dictionary(grouping: plan.items, by: \.segment)
        return Set(sizes.keys).union(items.keys).sorted().compactMap { segment in
            let items = items[segment] ?? []
            let mended = items.filter(\.isMended).map(\.sequence).consecutive.map(Optional.some)
            let draft = Draft(
                copy: copy, segment: segment, size: sizes[segment] ?? 0, isNew: sizes[segment] == nil,
                parts: parts(items),
                repairs: (mended.isEmpty ? [nil] : mended).map {
                    Repair(node: node, segment: segment, sequences: $0, copy: copy)
                })
            return draft.isUnchanged ? nil : draft
        }
    }

    private func parts(_ items: [Mending.Item]) -> [Part] {
        var parts: [Part] = []
        for (index, item) in items.enumerated() {
            let range = item.piece.offset..<item.piece.end
            let addsNewline = !item.piece.hasNewline && index < items.count - 1
            if let last = parts.last, last.copy == item.copy, last.segment == item.piece.segment, !last.addsNewline,
                last.range.upperBound == range.lowerBound
            {
                parts[parts.count - 1].range = last.range.lowerBound..<range.upperBound
                parts[parts.count - 1].addsNewline = addsNewline
            } else {
                parts.append(
                    Part(copy: item.copy, segment: item.piece.segment, range: range, addsNewline: addsNewline))
            }
        }
        return parts
    }

    // MARK: Writing it

    private func folder(_ copy: Damage.Copy) -> String { folders[copy] ?? "" }

    private mutating func source(_ copy: Damage.Copy, _ segment: String) throws -> Int32 {
        let path = "\(folder(copy))/\(segment)"
        if let file = sources[path] { return file }
        let file = try disk.open(path, flags: O_RDONLY, mode: 0)
        sources[path] = file
        // What goes into the other copy must not be what a power cut could take from this one.
        try disk.synchronise(file)
        return file
    }

    private mutating func prepare(_ draft: Draft) throws {
        for part in draft.parts { _ = try source(part.copy, part.segment) }
        let files = sources
        func write(_ parts: some Sequence<Part>, to file: Int32, at start: Int) throws {
            var place = start
            for part in parts {
                guard let source = files["\(folder(part.copy))/\(part.segment)"] else { continue }
                try disk.copy(part.range, of: source, to: file, at: place)
                place += part.range.count
                if part.addsNewline {
                    try [UInt8(ascii: "\n")].withUnsafeBytes { try disk.write($0, to: file, at: place) }
                    place += 1
                }
            }
        }
        guard draft.isAppended else {
            return try disk.prepare(draft.segment, in: folder(draft.copy)) { try write(draft.parts, to: $0, at: 0) }
        }
        let path = "\(folder(draft.copy))/\(draft.segment)"
        let file = try disk.open(path, flags: O_RDWR | O_CREAT, mode: 0o600)
        defer { disk.close(file) }
        try write(draft.parts.dropFirst(draft.size == 0 ? 0 : 1), to: file, at: draft.size)
        try disk.synchronise(file)
        try disk.synchroniseFolder(folder(draft.copy))
    }

    private func replace(_ draft: Draft) throws {
        let folder = folder(draft.copy)
        if !draft.isNew {
            let names = Set(try disk.names(in: folder))
            var number = 1
            while names.contains("\(draft.segment).damaged-\(number)") { number += 1 }
            let damaged = try disk.open("\(folder)/\(draft.segment)", flags: O_RDONLY, mode: 0)
            defer { disk.close(damaged) }
            let size = try disk.size(of: damaged)
            try disk.replace("\(draft.segment).damaged-\(number)", in: folder) {
                try disk.copy(0..<size, of: damaged, to: $0, at: 0)
            }
        }
        try disk.putInPlace(draft.segment, in: folder)
    }
}

extension Sequence<Int> {
    /// The runs of numbers that follow one another, of numbers in order.
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
