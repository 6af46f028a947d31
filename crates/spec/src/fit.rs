//! Which types fit where another is declared, as `LittleHorse` sees it.

use crate::model::VarType;

impl VarType {
    /// Whether a value of this type can stand where `to` is declared, without a cast: the same type, everything
    /// simple as STR, and INT as DOUBLE.
    #[must_use]
    pub fn can_be(self, to: VarType) -> bool {
        self == to
            || (to == VarType::Str && self.is_simple())
            || (self == VarType::Int && to == VarType::Double)
    }

    /// Whether a cast can make `to` of this type.
    #[must_use]
    pub fn can_cast(self, to: VarType) -> bool {
        self.can_be(to)
            || (self == VarType::Double && to == VarType::Int)
            || (self == VarType::Str && to.is_simple())
    }

    /// Whether it is neither JSON nor a point in time.
    #[must_use]
    pub fn is_simple(self) -> bool {
        !matches!(self, VarType::JsonObj | VarType::JsonArr | VarType::Timestamp)
    }

    /// INT or DOUBLE.
    #[must_use]
    pub fn is_number(self) -> bool {
        matches!(self, VarType::Int | VarType::Double)
    }
}
