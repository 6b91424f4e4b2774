import Synchronization

extension MemoryDisk {
    /// Something that no sync has put beyond the reach of a power cut yet.
    enum Change {
        /// Bytes at a place in a file.
        case written(Int, Int, [UInt8])
        /// A file made empty.
        case emptied(Int)
        /// A name given, or taken away.
        case name(String, Int?)
        /// A file's name, given in place of another's: both happen or neither.
        case renamed(String, String, Int)

        /// The file, if a sync of it puts this on the disk.
        var inode: Int? {
            switch self {
            case .written(let inode, _, _), .emptied(let inode): inode
            case .name, .renamed: nil
            }
        }

        /// The name, if a sync of its folder does.
        var name: String? {
            switch self {
            case .written, .emptied: nil
            case .name(let name, _), .renamed(_, let name, _): name
            }
        }
    }

    /// How much of a change got to the disk by itself. Only what is written may get there in part.
    enum Portion { case none, start, end, all }

    /// Which of the changes that no sync has asked for got to the disk all the same: by their number among so many.
    typealias Cut = (_ change: Int, _ count: Int) -> Portion

    /// What is left after a power cut. A disk writes in any order what it was not asked to sync, so any of it may be there
    /// and any of it not, and of a long write its end without its start, which then reads as zeros.
    func afterPowerCut(_ portion: Cut) -> [String: [UInt8]] {
        state.withLock { state in
            var (inodes, names) = state.synced
            for (number, change) in state.pending.enumerated() {
                let portion = portion(number, state.pending.count)
                if portion == .none { continue }
                switch change {
                case .written(let inode, let offset, let bytes):
                    let half = bytes.count / 2
                    let range = portion == .all ? 0..<bytes.count : portion == .start ? 0..<half : half..<bytes.count
                    bytes.withUnsafeBytes {
                        inodes[inode].put(.init(rebasing: $0[range]), at: offset + range.lowerBound)
                    }
                case .emptied(let inode): inodes[inode] = []
                case .name(let name, let inode): names[name] = inode
                case .renamed(let name, let other, let inode):
                    names[name] = nil
                    names[other] = inode
                }
            }
            return names.mapValues { inodes[$0] }
        }
    }

    /// What is left when all that was not synced is lost.
    var synced: [String: [UInt8]] { afterPowerCut { _, _ in .none } }

    /// All that a power cut now may leave, as far as it is tried: each change alone, each alone missing, all up to each and
    /// all from each on; and each write by halves, with what came before it and without.
    var afterPowerCuts: [[String: [UInt8]]] {
        let count = state.withLock { $0.pending.count }
        var cuts: [Cut] = [{ _, _ in .none }, { _, _ in .all }]
        for chosen in 0..<count {
            cuts += [
                { change, _ in change == chosen ? .all : .none }, { change, _ in change == chosen ? .none : .all },
                { change, _ in change <= chosen ? .all : .none }, { change, _ in change >= chosen ? .all : .none },
            ]
            for half in [Portion.start, .end] {
                cuts += [
                    { change, _ in change == chosen ? half : change < chosen ? .all : .none },
                    { change, _ in change == chosen ? half : .none },
                    { change, _ in change == chosen ? half : .all },
                ]
            }
        }
        var left: [[String: [UInt8]]] = []
        for cut in cuts {
            let files = afterPowerCut(cut)
            if !left.contains(files) { left.append(files) }
        }
        return left
    }
}
