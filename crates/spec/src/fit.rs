//! Which types fit where another is declared, as `LittleHorse` sees it.

use crate::types::{Type, VarType};

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

impl Type {
    /// Whether a value of this type can stand where `to` is declared. Types composed of others must be the same, but
    /// that an Array or a Map of which nothing is known, as an empty one, fits every other.
    #[must_use]
    pub fn can_be(&self, to: &Type) -> bool {
        match (self, to) {
            (Type::Unknown, _) | (_, Type::Unknown) => true,
            (Type::Primitive(found), Type::Primitive(to)) => found.can_be(*to),
            (Type::Struct(found), Type::Struct(to)) => found == to,
            (Type::Array(found), Type::Array(to)) => found.of == Type::Unknown || found == to,
            (Type::Map(found), Type::Map(to)) => {
                (found.key.of == Type::Unknown && found.value.of == Type::Unknown) || found == to
            }
            (Type::Primitive(_) | Type::Struct(_) | Type::Array(_) | Type::Map(_), _) => false,
        }
    }

    /// Whether a cast can make `to` of this type.
    #[must_use]
    pub fn can_cast(&self, to: &Type) -> bool {
        match (self, to) {
            (Type::Primitive(found), Type::Primitive(to)) => found.can_cast(*to),
            (_, _) => self.can_be(to),
        }
    }
}
